using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary><c>"…%s…" % value</c>.</summary>
internal static class PercentFormat
{
    /// <summary>Puts values into a text.</summary>
    public static StringValue Apply(StringValue format, Value values, RenderContext context)
    {
        var output = new MarkedBuilder(context);
        var text = format.Text;
        var items = values is ListValue { IsTuple: true } tuple ? tuple.Items : [values];
        var used = 0;
        var start = 0;
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', start))
        {
            context.Meter.Step();
            output.Append(format.Slice(start, at++));
            var key = at < text.Length && text[at] == '(' ? Key(text, ref at) : null;
            var spec = FormatSpec.ParsePercent(text, ref at);
            if (at >= text.Length)
                throw JinjaException.Value("incomplete format");
            var type = text[at++];
            start = at;
            if (type == '%')
            {
                output.Append("%");
                continue;
            }

            var value = key is not null ? Named(values, key)
                : used < items.Count ? items[used++] : throw JinjaException.Type("not enough arguments for format string");
            output.Append(Format(type, value, spec, context));
        }

        if (used < items.Count && values is not DictValue && (used > 0 || values is ListValue { IsTuple: true } || values is not ListValue))
            throw JinjaException.Type("not all arguments converted during string formatting");
        return output.Append(format.Slice(start, text.Length)).ToValue(format.IsSafe);
    }

    private static string Key(string text, ref int at)
    {
        var end = text.IndexOf(')', at);
        if (end < 0)
            throw JinjaException.Value("incomplete format key");
        var key = text[(at + 1)..end];
        at = end + 1;
        return key;
    }

    private static Value Named(Value values, string key) => values is DictValue dictionary
        ? dictionary.Find(key) ?? throw new JinjaException("KeyError", $"'{key}'")
        : throw JinjaException.Type("format requires a mapping");

    private static StringValue Format(char type, Value value, FormatSpec spec, RenderContext context)
    {
        switch (type)
        {
            case 's':
                return spec.Apply(context.Text(value), context);
            case 'r' or 'a':
                return spec.Apply(PythonText.Repr(value, context), context);
            case 'd' or 'i' or 'u' or 'f' or 'F' or 'e' or 'E' or 'g' or 'G' or 'x' or 'X' or 'o':
                return Numbers.Of(Arithmetic.Used(value)) is { } number
                    ? spec.As(type).Apply(number, context)
                    : throw JinjaException.Type($"%{type} format: a real number is required, not {value.TypeName}");
            default:
                throw JinjaException.Value($"unsupported format character '{type}'");
        }
    }
}
