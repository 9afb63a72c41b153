using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Tells how the rows of a file are understood: each shape where it first comes, and how often they change. The number of lines does not grow with the file.</summary>
/// <param name="file">The file.</param>
/// <param name="kind">What its rows are read as.</param>
/// <param name="notice">Receives the lines.</param>
internal sealed class ShapeNotices(string file, ExampleKind kind, Action<string> notice)
{
    private const int MostMembers = 20;
    private static readonly string[] Dialogues = ["conversations", "messages"];
    private static readonly HashSet<string> Members = ["from", "role", "value", "content", "weight", "name", "reasoning_content", "tool_calls", "function_call", "tool_call_id"];
    private readonly List<RowShape> _told = [];
    private readonly HashSet<string> _members = [];
    private bool _hasToldDialogue;
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

        TellMembers(row, shape);
        if (!_hasToldDialogue && kind != ExampleKind.Text)
            TellOtherDialogue(row, shape);
        if (!_hasToldAnswers && kind is ExampleKind.Prompt or ExampleKind.Conversation)
            TellAnswers(row);
    }

    /// <summary>Says how often the shape changed, where that was not told change by change.</summary>
    public void Report()
    {
        if (_changes >= _told.Count)
            notice(FormattableString.Invariant($"{file}: the shape of its rows changes {_changes:N0} times between {string.Join(", ", _told.Select(shape => shape.Name))}."));
    }

    // What a turn says beyond what is read may change what is learned (a mask, a chain of thought).
    private void TellMembers(DataRow row, RowShape shape)
    {
        if (_members.Count >= MostMembers)
            return;
        List<string> unknown = [];
        foreach (var turn in shape.Fields.Where(row.IsList).SelectMany(field => row.Get(field).EnumerateArray()).Where(IsTurn))
            foreach (var member in turn.EnumerateObject())
                if (!Members.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null && _members.Count < MostMembers && _members.Add(member.Name))
                    unknown.Add($"\"{DataRow.Short(member.Name)}\"");
        if (unknown.Count > 0)
            notice($"{row.Origin}: {string.Join(", ", unknown)} of turns {(unknown.Count > 1 ? "are" : "is")} not read. Read are from and value, role and content, weight (0 = not learned), reasoning_content, name, tool_calls, tool_call_id.");
    }

    private static bool IsTurn(JsonElement item) => item.ValueKind == JsonValueKind.Object && (item.TryGetProperty("role", out _) || item.TryGetProperty("from", out _));

    private void TellOtherDialogue(DataRow row, RowShape shape)
    {
        if (Array.Find(Dialogues, field => !shape.Fields.Contains(field) && row.IsList(field) && row.Get(field).GetArrayLength() > 0) is not { } other)
            return;
        _hasToldDialogue = true;
        notice($"{row.Origin}: \"{row.Column(other)}\" is not read: the row has {shape.Explain(row)} too, and is read as {shape.Name}. Where the other is meant, remove these columns.");
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
