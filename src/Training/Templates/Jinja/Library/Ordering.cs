using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Python's comparisons.</summary>
internal static class Ordering
{
    /// <summary>Whether a comparison holds.</summary>
    public static bool Holds(string sign, Value left, Value right, RenderContext context)
    {
        context.Meter.Compare(left, right);
        switch (sign)
        {
            case "==":
                return ValueEquality.Same(left, right);
            case "!=":
                return !ValueEquality.Same(left, right);
            case "in":
                return Contains(right, left, context);
            case "not in":
                return !Contains(right, left, context);
            default:
                Arithmetic.Used(left);
                Arithmetic.Used(right);
                var order = Compare(left, right, sign);
                return order is { } known && sign switch { "<" => known < 0, "<=" => known <= 0, ">" => known > 0, _ => known >= 0 };
        }
    }

    /// <summary>Order of two values; null = neither (a NaN).</summary>
    /// <exception cref="JinjaException">They have none.</exception>
    public static int? Compare(Value left, Value right, string sign = "<")
    {
        Meter.EnsureStack();
        if (Numbers.Of(left) is { } a && Numbers.Of(right) is { } b)
            return Numbers.Compare(a, b);
        if (left is StringValue x && right is StringValue y)
            return CompareText(x.Text, y.Text);
        if (left is not ListValue first || right is not ListValue second || first.IsTuple != second.IsTuple)
            throw JinjaException.Type($"'{sign}' not supported between instances of '{left.TypeName}' and '{right.TypeName}'");
        for (var i = 0; i < Math.Min(first.Items.Count, second.Items.Count); i++)
            if (!ValueEquality.Same(first.Items[i], second.Items[i]))
                return Compare(first.Items[i], second.Items[i], sign);
        return first.Items.Count.CompareTo(second.Items.Count);
    }

    /// <summary>Whether a value is in another.</summary>
    public static bool Contains(Value whole, Value part, RenderContext context)
    {
        switch (whole)
        {
            case StringValue text when part is StringValue piece:
                context.Meter.Search(text.Text, piece.Text);
                return text.Text.Contains(piece.Text, StringComparison.Ordinal);
            case StringValue:
                throw part is UndefinedValue undefined ? undefined.Used() : JinjaException.Type($"'in <string>' requires string as left operand, not {part.TypeName}");
            case DictValue dictionary:
                context.Meter.Compare(part);
                return dictionary.Entries.ContainsKey(part);
            case UndefinedValue:
                return false;
            case ListValue or ViewValue or RangeValue or GeneratorValue:
                var items = Sequences.Items(whole, context);
                return items.Any(item =>
                {
                    context.Meter.Compare(item, part);
                    return ValueEquality.Same(item, part);
                });
            default:
                throw JinjaException.Type($"argument of type '{whole.TypeName}' is not iterable");
        }
    }

    // By code points, as Python does; UTF-16 units differ where surrogates meet U+E000 and up.
    private static int CompareText(string x, string y)
    {
        var at = x.AsSpan().CommonPrefixLength(y);
        if (at == x.Length || at == y.Length)
            return x.Length.CompareTo(y.Length);
        return (char.IsSurrogate(x[at]), char.IsSurrogate(y[at])) switch
        {
            (true, false) => 1,
            (false, true) => -1,
            _ => x[at].CompareTo(y[at]),
        };
    }
}
