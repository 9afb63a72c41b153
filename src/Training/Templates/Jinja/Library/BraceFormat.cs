using System.Globalization;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary><c>"…{}…".format(value)</c>. Fields are numbers, names and [keys] of what is given; attributes are out of reach.</summary>
internal static class BraceFormat
{
    /// <summary>Puts values into a text.</summary>
    public static StringValue Apply(StringValue format, CallArguments arguments, RenderContext context)
    {
        var output = new MarkedBuilder(context);
        var text = format.Text;
        var next = 0;
        for (var at = 0; at < text.Length;)
        {
            context.Meter.Step();
            var brace = text.AsSpan(at).IndexOfAny('{', '}');
            var stop = brace < 0 ? text.Length : at + brace;
            output.Append(format.Slice(at, stop));
            if (stop == text.Length)
                break;
            if (stop + 1 < text.Length && text[stop + 1] == text[stop])
            {
                output.Append(format.Slice(stop, stop + 1));
                at = stop + 2;
                continue;
            }

            if (text[stop] == '}')
                throw JinjaException.Value("Single '}' encountered in format string");
            var end = text.IndexOf('}', stop);
            if (end < 0)
                throw JinjaException.Value("expected '}' before end of string");
            output.Append(Field(text[(stop + 1)..end], arguments, ref next, context));
            at = end + 1;
        }

        return output.ToValue(format.IsSafe);
    }

    private static StringValue Field(string field, CallArguments arguments, ref int next, RenderContext context)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var (name, spec) = colon < 0 ? (field, "") : (field[..colon], field[(colon + 1)..]);
        var conversion = name.IndexOf('!', StringComparison.Ordinal);
        var shown = conversion < 0 ? "" : name[(conversion + 1)..];
        name = conversion < 0 ? name : name[..conversion];
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        var value = Argument(bracket < 0 ? name : name[..bracket], arguments, ref next);
        while (bracket >= 0)
        {
            var end = name.IndexOf(']', bracket);
            if (end < 0)
                throw JinjaException.Value("Missing ']' in format string");
            var key = name[(bracket + 1)..end];
            value = Members.Element(value, int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new IntValue(index) : new StringValue(key), context);
            bracket = name.IndexOf('[', end);
        }

        value = shown switch { "r" or "a" => PythonText.Repr(value, context), "s" => context.Text(value), _ => value };
        return spec.Length == 0 ? context.Text(value) : FormatSpec.Parse(spec).Apply(value, context);
    }

    private static Value Argument(string name, CallArguments arguments, ref int next)
    {
        if (name.Contains('.', StringComparison.Ordinal))
            throw new JinjaException("SecurityError", "attributes are out of reach of format strings");
        if (name.Length > 0 && !char.IsAsciiDigit(name[0]))
            return arguments.Named.TryGetValue(name, out var named) ? named : throw new JinjaException("KeyError", $"'{name}'");
        var index = name.Length == 0 ? next++ : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return index < arguments.Positional.Count ? arguments.Positional[index] : throw new JinjaException("IndexError", "tuple index out of range");
    }
}
