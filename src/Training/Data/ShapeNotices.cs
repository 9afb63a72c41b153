using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Tells how the rows of a file are understood: each shape where it first comes, and how often they change. The number of lines does not grow with the file.</summary>
/// <param name="file">The file.</param>
/// <param name="kind">What its rows are read as.</param>
/// <param name="notice">Receives the lines.</param>
internal sealed class ShapeNotices(string file, ExampleKind kind, Action<string> notice)
{
    private readonly List<RowShape> _told = [];
    private RowShape? _last;
    private long _changes;
    private bool _hasToldAnswers;

    /// <summary>Notes a row that was read.</summary>
    /// <param name="row">The row.</param>
    /// <param name="shape">Its shape.</param>
    public void See(DataRow row, RowShape shape)
    {
        if (shape != _last)
        {
            _changes += _last is null ? 0 : 1;
            if (!_told.Contains(shape))
            {
                _told.Add(shape);
                notice($"{(_last is null ? file : row.Origin)}: read as {shape.Name} because the row has {shape.Explain(row)}.");
            }

            _last = shape;
        }

        if (!_hasToldAnswers && kind is ExampleKind.Prompt or ExampleKind.Conversation)
            TellAnswers(row);
    }

    /// <summary>Says how often the shape changed, where that was not told change by change.</summary>
    public void Report()
    {
        if (_changes >= _told.Count)
            notice(FormattableString.Invariant($"{file}: the shape of its rows changes {_changes:N0} times between {string.Join(", ", _told.Select(shape => shape.Name))}."));
    }

    // Prompts are made of pairs on purpose, but not everyone who gives pairs knows that their answers are not learned.
    private void TellAnswers(DataRow row)
    {
        if (PairColumns.Plain(row) is not { Count: > 0 } answers)
            return;
        _hasToldAnswers = true;
        var columns = string.Join(" and ", answers.Select(field => $"\"{row.Column(field)}\""));
        notice(kind == ExampleKind.Prompt
            ? $"{row.Origin}: {columns} of a preference pair {(answers.Count > 1 ? "are" : "is")} not learned from here: prompts are answered by the model, reward functions alone see the column{(answers.Count > 1 ? "s" : "")}."
            : $"{row.Origin}: {columns} of a preference pair {(answers.Count > 1 ? "are" : "is")} not used: the dialogue stands in other columns.");
    }
}
