using System.Buffers;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Python's ways to cut a text.</summary>
internal static class Splitting
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

    /// <summary><c>split</c>.</summary>
    public static ListValue Split(StringValue text, CallArguments arguments, RenderContext context)
    {
        var (separator, most) = Bind("split", arguments);
        return Of(separator is null ? Words(text, most, context) : Parts(text, separator, most, context));
    }

    /// <summary><c>rsplit</c>.</summary>
    public static ListValue SplitRight(StringValue text, CallArguments arguments, RenderContext context)
    {
        var (separator, most) = Bind("rsplit", arguments);
        var parts = new List<Value>();
        var end = text.Text.Length;
        if (separator is null)
        {
            var words = Words(text, -1, context);
            if (most < 0 || words.Count <= most + 1)
                return Of(words);
            var rest = TextEdit.Strip(text, null, left: false, right: true, context);
            for (var i = 0; i < most; i++)
            {
                var word = (StringValue)words[^(i + 1)];
                parts.Insert(0, word);
                rest = TextEdit.Strip(rest.Slice(0, rest.Text.Length - word.Text.Length), null, left: false, right: true, context);
            }

            parts.Insert(0, rest);
            return Of(parts);
        }

        context.Meter.Make(text.Text.Length);
        while (most != 0 && end >= separator.Length && text.Text.LastIndexOf(separator, end - 1, end, StringComparison.Ordinal) is >= 0 and var at)
        {
            Count(text, context);
            parts.Add(text.Slice(at + separator.Length, end));
            end = at;
            most--;
            if (end == 0)
                break;
        }

        parts.Add(text.Slice(0, end));
        parts.Reverse();
        return Of(parts);
    }

    /// <summary><c>splitlines</c>.</summary>
    public static ListValue Lines(StringValue text, CallArguments arguments, RenderContext context)
    {
        var keep = arguments.Bind("splitlines", 0, "keepends")[0]?.IsTrue ?? false;
        context.Meter.Make(text.Text.Length);
        var lines = new List<Value>();
        for (var start = 0; start < text.Text.Length;)
        {
            Count(text, context);
            var length = text.Text.AsSpan(start).IndexOfAny(LineEnds);
            var end = length < 0 ? text.Text.Length : start + length;
            var next = length < 0 ? end : end + (text.Text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
            lines.Add(text.Slice(start, keep ? next : end));
            start = next;
        }

        return Of(lines);
    }

    /// <summary><c>partition</c> and <c>rpartition</c>.</summary>
    public static ListValue Partition(StringValue text, CallArguments arguments, bool last, RenderContext context)
    {
        var separator = StringMethods.Text(arguments.Bind("partition", 1, "sep")[0]!, "partition").Text;
        if (separator.Length == 0)
            throw JinjaException.Value("empty separator");
        context.Meter.Make(text.Text.Length);
        var at = last ? text.Text.LastIndexOf(separator, StringComparison.Ordinal) : text.Text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
            return new ListValue(last ? [StringValue.Empty, StringValue.Empty, text] : [text, StringValue.Empty, StringValue.Empty], isTuple: true);
        return new ListValue([text.Slice(0, at), text.Slice(at, at + separator.Length), text.Slice(at + separator.Length, text.Text.Length)], isTuple: true);
    }

    private static (string? Separator, int Most) Bind(string name, CallArguments arguments)
    {
        var bound = arguments.Bind(name, 0, "sep", "maxsplit");
        var separator = bound[0] is null or NoneValue ? null : StringMethods.Text(bound[0]!, name).Text;
        if (separator is { Length: 0 })
            throw JinjaException.Value("empty separator");
        return (separator, bound[1] is { } most ? Numbers.Index(most) ?? throw JinjaException.Type("maxsplit must be an integer") : -1);
    }

    private static List<Value> Parts(StringValue text, string separator, int most, RenderContext context)
    {
        context.Meter.Make(text.Text.Length);
        context.Meter.Search(text.Text, separator);
        var parts = new List<Value>();
        var start = 0;
        while (most != 0 && text.Text.IndexOf(separator, start, StringComparison.Ordinal) is >= 0 and var at)
        {
            Count(text, context);
            parts.Add(text.Slice(start, at));
            start = at + separator.Length;
            most--;
        }

        parts.Add(text.Slice(start, text.Text.Length));
        return parts;
    }

    private static List<Value> Words(StringValue text, int most, RenderContext context)
    {
        context.Meter.Make(text.Text.Length);
        var words = new List<Value>();
        var source = text.Text;
        for (var i = 0; ;)
        {
            while (i < source.Length && TextEdit.IsSpace(source[i]))
                i++;
            if (i == source.Length)
                return words;
            Count(text, context);
            if (most >= 0 && words.Count == most)
            {
                words.Add(text.Slice(i, source.Length));
                return words;
            }

            var start = i;
            while (i < source.Length && !TextEdit.IsSpace(source[i]))
                i++;
            words.Add(text.Slice(start, i));
        }
    }

    private static void Count(StringValue text, RenderContext context)
    {
        context.Meter.MakeItems(1);
        context.Meter.Step(1 + (text.Marks.Count / 8));
    }

    private static ListValue Of(IReadOnlyList<Value> parts) => new(parts);
}
