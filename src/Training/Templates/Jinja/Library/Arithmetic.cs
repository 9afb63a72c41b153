using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Python's operators between values.</summary>
internal static class Arithmetic
{
    /// <summary>A number with a sign before it.</summary>
    public static Value Sign(Value value, bool negative) => Numbers.Of(Used(value)) switch
    {
        IntValue number => new IntValue(negative ? -number.Number : number.Number),
        FloatValue number => new FloatValue(negative ? -number.Number : number.Number),
        _ => throw JinjaException.Type($"bad operand type for unary {(negative ? "-" : "+")}: '{value.TypeName}'"),
    };

    /// <summary>The result of an operator.</summary>
    public static Value Apply(string sign, Value left, Value right, RenderContext context)
    {
        Used(left);
        Used(right);
        if (Numbers.Of(left) is { } a && Numbers.Of(right) is { } b)
            return Compute(sign, a, b);
        return (sign, left, right) switch
        {
            ("+", StringValue x, StringValue y) => TextEdit.Add(x, y, context),
            ("+", ListValue x, ListValue y) when x.IsTuple == y.IsTuple => Join(x, y, context),
            ("+", StringValue x, _) => throw JinjaException.Type($"can only concatenate {x.TypeName} (not \"{right.TypeName}\") to {x.TypeName}"),
            ("+", ListValue x, _) => throw JinjaException.Type($"can only concatenate {x.TypeName} (not \"{right.TypeName}\") to {x.TypeName}"),
            ("*", StringValue x, _) when Numbers.Index(right) is { } times => TextEdit.Repeat(x, times, context),
            ("*", _, StringValue y) when Numbers.Index(left) is { } times => TextEdit.Repeat(y, times, context),
            ("*", ListValue x, _) when Numbers.Index(right) is { } times => Repeat(x, times, context),
            ("*", _, ListValue y) when Numbers.Index(left) is { } times => Repeat(y, times, context),
            ("%", StringValue x, _) => PercentFormat.Apply(x, right, context),
            _ => throw JinjaException.Type($"unsupported operand type(s) for {(sign == "**" ? "** or pow()" : sign)}: '{left.TypeName}' and '{right.TypeName}'"),
        };
    }

    /// <summary>The value, which must be defined.</summary>
    public static Value Used(Value value) => value is UndefinedValue undefined ? throw undefined.Used() : value;

    private static Value Compute(string sign, Value x, Value y)
    {
        if (x is IntValue a && y is IntValue b && sign != "/" && !(sign == "**" && b.Number.Sign < 0))
            return new IntValue(Whole(sign, a.Number, b.Number));
        return new FloatValue(Real(sign, Numbers.Real(x), Numbers.Real(y)));
    }

    private static BigInteger Whole(string sign, BigInteger x, BigInteger y) => sign switch
    {
        "//" or "%" when y.IsZero => throw new JinjaException("ZeroDivisionError", sign == "%" ? "integer modulo by zero" : "integer division or modulo by zero"),
        "+" => x + y,
        "-" => x - y,
        "*" => x * y,
        "//" => Numbers.DivMod(x, y).Quotient,
        "%" => Numbers.DivMod(x, y).Remainder,
        _ => Power(x, y),
    };

    private static BigInteger Power(BigInteger x, BigInteger y)
    {
        if (x.IsZero || x.IsOne || y.IsZero)
            return y.IsZero ? BigInteger.One : x;
        if (x == BigInteger.MinusOne)
            return y.IsEven ? BigInteger.One : x;
        return y * x.GetBitLength() <= 20_000 ? BigInteger.Pow(x, (int)y) : throw JinjaException.Limit("a power has too many digits");
    }

    private static double Real(string sign, double x, double y)
    {
        if (sign is "/" or "//" or "%" && y == 0)
            throw new JinjaException("ZeroDivisionError", sign == "/" ? "division by zero" : "float floor division by zero");
        return sign switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => x / y,
            "//" => Math.Floor(x / y),
            "%" => x - (y * Math.Floor(x / y)),
            _ => Math.Pow(x, y),
        };
    }

    private static ListValue Join(ListValue x, ListValue y, RenderContext context)
    {
        context.Meter.MakeItems(x.Items.Count + y.Items.Count);
        return new ListValue([.. x.Items, .. y.Items], x.IsTuple);
    }

    private static ListValue Repeat(ListValue x, int times, RenderContext context)
    {
        times = Math.Max(times, 0);
        context.Meter.MakeItems((long)x.Items.Count * times);
        return new ListValue([.. Enumerable.Repeat(x.Items, x.Items.Count == 0 ? 0 : times).SelectMany(items => items)], x.IsTuple);
    }
}
