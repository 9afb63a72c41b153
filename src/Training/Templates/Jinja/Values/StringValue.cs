namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>
/// Text that remembers which of its ranges came from messages and which stood in generation blocks. Concatenation, slicing, trimming, splitting, joining and replacing keep the ranges exactly;
/// where a text is made anew out of one with content (JSON, Python literals, changed lengths), all of it counts as content.
/// </summary>
internal sealed class StringValue : Value
{
    public static readonly StringValue Empty = new("");

    public StringValue(string text, IReadOnlyList<Mark>? marks = null, bool isSafe = false)
    {
        Text = text;
        Marks = marks ?? [];
        IsSafe = isSafe;
    }

    public string Text { get; }

    /// <summary>Ranges in order of their start.</summary>
    public IReadOnlyList<Mark> Marks { get; }

    /// <summary>Markup of the <c>safe</c> filter: what is added to it with + is escaped.</summary>
    public bool IsSafe { get; }

    public override string TypeName => IsSafe ? "Markup" : "str";

    public override bool IsTrue => Text.Length > 0;

    public override long Weight => 1 + (Text.Length / 64);

    /// <summary>Source of the first content; null = all of it is the template's.</summary>
    public int? Source
    {
        get
        {
            foreach (var mark in Marks)
                if (mark.IsContent)
                    return mark.Source;
            return null;
        }
    }

    /// <summary>A text that is content as a whole.</summary>
    public static StringValue Content(string text, int? source) =>
        source is { } from && text.Length > 0 ? new StringValue(text, [new Mark(0, text.Length, from)]) : new StringValue(text);

    /// <summary>The same text as markup or not.</summary>
    public StringValue AsSafe(bool safe) => safe == IsSafe ? this : new StringValue(Text, Marks, safe);

    /// <summary>A part.</summary>
    public StringValue Slice(int start, int end)
    {
        if (start == 0 && end == Text.Length)
            return this;
        if (end <= start)
            return IsSafe ? Empty.AsSafe(true) : Empty;
        List<Mark>? marks = null;
        foreach (var mark in Marks)
        {
            var (from, to) = (Math.Max(mark.Start, start), Math.Min(mark.End, end));
            if (from < to)
                (marks ??= []).Add(new Mark(from - start, to - start, mark.Source));
        }

        return new StringValue(Text[start..end], marks, IsSafe);
    }

    /// <summary>Another text made of this one: ranges stay where the length did, else all of it counts as content.</summary>
    public StringValue Rewrite(string text) => text.Length == Text.Length ? new StringValue(text, Marks, IsSafe) : Content(text, Source).AsSafe(IsSafe);
}
