using System.Text;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Edits of texts that keep where their parts came from.</summary>
internal static class TextEdit
{
    /// <summary>One text behind the other; what meets markup is escaped.</summary>
    public static StringValue Add(StringValue left, StringValue right, RenderContext context)
    {
        var safe = left.IsSafe || right.IsSafe;
        return new MarkedBuilder(context).Append(safe ? Escape(left, context) : left).Append(safe ? Escape(right, context) : right).ToValue(safe);
    }

    /// <summary>A text several times.</summary>
    public static StringValue Repeat(StringValue text, int times, RenderContext context)
    {
        context.Meter.Make(Math.Max(0, (long)text.Text.Length * times));
        var output = new MarkedBuilder(context);
        for (var i = 0; i < times && text.Text.Length > 0; i++)
            output.Append(text);
        return output.ToValue(text.IsSafe);
    }

    /// <summary>HTML's special characters as entities; markup stays as it is.</summary>
    public static StringValue Escape(StringValue text, RenderContext context)
    {
        if (text.IsSafe)
            return text;
        if (text.Text.AsSpan().IndexOfAny("&<>'\"") < 0)
            return text.AsSafe(true);
        var output = new MarkedBuilder(context);
        var start = 0;
        for (var i = 0; i < text.Text.Length; i++)
        {
            if (Entity(text.Text[i]) is not { } entity)
                continue;
            context.Meter.Step(1 + (text.Marks.Count / 8));
            output.Append(text.Slice(start, i)).Append(Like(entity, text.Slice(i, i + 1)));
            start = i + 1;
        }

        return output.Append(text.Slice(start, text.Text.Length)).ToValue(safe: true);
    }

    /// <summary>Replaces a part wherever it stands, at most so often; below 0 = always.</summary>
    public static StringValue Replace(StringValue text, StringValue old, StringValue replacement, int count, RenderContext context)
    {
        context.Meter.Search(text.Text, old.Text);
        if (count == 0 || (old.Text.Length > 0 && !text.Text.Contains(old.Text, StringComparison.Ordinal)))
            return text;
        var output = new MarkedBuilder(context);
        var start = 0;
        for (var done = 0; count < 0 || done < count; done++)
        {
            context.Meter.Step(1 + (text.Marks.Count / 8));
            var at = old.Text.Length == 0 ? Empty(text.Text, start, done) : text.Text.IndexOf(old.Text, start, StringComparison.Ordinal);
            if (at < 0)
                break;
            output.Append(text.Slice(start, at)).Append(replacement);
            start = at + old.Text.Length;
        }

        return output.Append(text.Slice(start, text.Text.Length)).ToValue(text.IsSafe);
    }

    /// <summary>Texts with another between.</summary>
    public static StringValue Join(StringValue separator, IReadOnlyList<StringValue> items, RenderContext context)
    {
        var output = new MarkedBuilder(context);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                output.Append(separator);
            output.Append(items[i]);
        }

        return output.ToValue();
    }

    /// <summary>Without characters at its ends; null = white space.</summary>
    public static StringValue Strip(StringValue text, string? characters, bool left, bool right, RenderContext context)
    {
        context.Meter.Scan(text.Text.Length);
        var (start, end) = (0, text.Text.Length);
        while (left && start < end && Matches(text.Text[start], characters))
            start++;
        while (right && end > start && Matches(text.Text[end - 1], characters))
            end--;
        context.Meter.Make(end - start);
        return text.Slice(start, end);
    }

    /// <summary>Whether Python's <c>isspace</c> holds.</summary>
    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\u001c' and <= '\u001f';

    /// <summary>A text that stands for another: content where the other was.</summary>
    public static StringValue Like(string text, StringValue other) => StringValue.Content(text, other.Source);

    /// <summary>Every line with blanks before it, as the <c>indent</c> filter does.</summary>
    public static StringValue Indent(StringValue text, string blanks, bool first, bool blankLines, RenderContext context)
    {
        var output = new MarkedBuilder(context);
        var start = 0;
        for (var line = 0; start <= text.Text.Length; line++)
        {
            var end = text.Text.IndexOf('\n', start);
            var stop = end < 0 ? text.Text.Length : end;
            if (line == 0 ? first : blankLines || stop > start)
                output.Append(blanks);
            output.Append(text.Slice(start, Math.Min(text.Text.Length, stop + 1)));
            context.Meter.Step(1 + (text.Marks.Count / 8));
            start = stop + 1;
            if (end < 0)
                break;
        }

        return output.ToValue(text.IsSafe);
    }

    /// <summary>The first letter of every word large, the others small, as Python's <c>title</c> does.</summary>
    public static StringValue Title(StringValue text)
    {
        var output = new StringBuilder(text.Text.Length);
        var within = false;
        foreach (var character in text.Text)
        {
            output.Append(within ? char.ToLowerInvariant(character) : char.ToUpperInvariant(character));
            within = char.IsLetter(character);
        }

        return text.Rewrite(output.ToString());
    }

    private static bool Matches(char character, string? characters) => characters is null ? IsSpace(character) : characters.Contains(character, StringComparison.Ordinal);

    // An empty part stands before every character and at the end.
    private static int Empty(string text, int start, int done) => done == 0 ? 0 : start >= text.Length ? -1 : start + TextIndex.UnitsAt(text, start);

    private static string? Entity(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\'' => "&#39;",
        '"' => "&#34;",
        _ => null,
    };
}
