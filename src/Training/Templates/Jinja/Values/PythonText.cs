using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>Python's <c>str</c> and <c>repr</c>.</summary>
internal static class PythonText
{
    /// <summary>A value as text.</summary>
    public static StringValue Str(Value value, RenderContext context)
    {
        if (value is StringValue text)
            return text;
        if (value is UndefinedValue)
            return StringValue.Empty;
        return Repr(value, context);
    }

    /// <summary>A value as Python source.</summary>
    public static StringValue Repr(Value value, RenderContext context)
    {
        var output = new StringBuilder();
        int? source = null;
        Write(value, output, ref source, context);
        return StringValue.Content(output.ToString(), source);
    }

    /// <summary>A string literal.</summary>
    public static string Quote(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var output = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                '\\' => output.Append("\\\\"),
                _ when rune.Value == quote => output.Append('\\').Append(quote),
                _ when IsPrintable(rune) => output.Append(rune.ToString()),
                <= 0xff => output.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                <= 0xffff => output.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => output.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
            };
        }

        return output.Append(quote).ToString();
    }

    private static void Write(Value value, StringBuilder output, ref int? source, RenderContext context)
    {
        Meter.EnsureStack();
        context.Meter.Step();
        var before = output.Length;
        switch (value)
        {
            case StringValue text:
                source ??= text.Source;
                output.Append(text.IsSafe ? $"Markup({Quote(text.Text)})" : Quote(text.Text));
                break;
            case NoneValue:
                output.Append("None");
                break;
            case BoolValue truth:
                output.Append(truth.IsTrue ? "True" : "False");
                break;
            case IntValue number:
                output.Append(CultureInfo.InvariantCulture, $"{number.Number}");
                break;
            case FloatValue number:
                output.Append(Numbers.Repr(number.Number));
                break;
            case ListValue list:
                output.Append(list.IsTuple ? '(' : '[');
                WriteItems(list.Items, output, ref source, context);
                output.Append(list.IsTuple ? list.Items.Count == 1 ? ",)" : ")" : "]");
                return;
            case ViewValue view:
                output.Append(view.TypeName).Append("([");
                WriteItems(view.Items, output, ref source, context);
                output.Append("])");
                return;
            case DictValue dictionary:
                WriteEntries(dictionary, output, ref source, context);
                return;
            case NamespaceValue names:
                output.Append("<Namespace {...}>");
                break;
            case RangeValue range:
                output.Append(range.Repr);
                break;
            case UndefinedValue:
                output.Append("Undefined");
                break;
            default:
                output.Append('<').Append(value.TypeName).Append('>');
                break;
        }

        context.Meter.Make(output.Length - before);
    }

    private static void WriteItems(IReadOnlyList<Value> items, StringBuilder output, ref int? source, RenderContext context)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                output.Append(", ");
            Write(items[i], output, ref source, context);
        }
    }

    private static void WriteEntries(DictValue dictionary, StringBuilder output, ref int? source, RenderContext context)
    {
        output.Append('{');
        var first = true;
        foreach (var (key, value) in dictionary.Entries)
        {
            if (!first)
                output.Append(", ");
            first = false;
            Write(key, output, ref source, context);
            output.Append(": ");
            Write(value, output, ref source, context);
        }

        output.Append('}');
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
