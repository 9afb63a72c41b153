using System.Text;

namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>Joins texts and keeps their ranges.</summary>
internal sealed class MarkedBuilder(RenderContext context)
{
    private readonly StringBuilder _text = new();
    private readonly List<Mark> _marks = [];

    /// <summary>Length so far.</summary>
    public int Length => _text.Length;

    /// <summary>Appends a text.</summary>
    public MarkedBuilder Append(StringValue value)
    {
        context.Meter.Make(value.Text.Length);
        foreach (var mark in value.Marks)
            Add(new Mark(mark.Start + _text.Length, mark.End + _text.Length, mark.Source));
        _text.Append(value.Text);
        return this;
    }

    /// <summary>Appends text of the template.</summary>
    public MarkedBuilder Append(string text)
    {
        context.Meter.Make(text.Length);
        _text.Append(text);
        return this;
    }

    /// <summary>Marks everything from a position on as generated.</summary>
    public void Generated(int start)
    {
        var at = _marks.FindIndex(m => m.Start >= start);
        _marks.Insert(at >= 0 ? at : _marks.Count, new Mark(start, _text.Length, Mark.Generated));
    }

    /// <summary>The result.</summary>
    public StringValue ToValue(bool safe = false) => new(_text.ToString(), _marks.Count == 0 ? null : _marks.ToArray(), safe);

    private void Add(Mark mark)
    {
        if (mark.IsContent && _marks.Count > 0 && _marks[^1] is var last && last.Source == mark.Source && last.End == mark.Start)
            _marks[^1] = last with { End = mark.End };
        else
            _marks.Add(mark);
    }
}
