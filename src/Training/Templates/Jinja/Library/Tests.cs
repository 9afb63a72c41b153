using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Tests: <c>a is t</c>.</summary>
internal static class Tests
{
    /// <summary>Whether a test holds.</summary>
    public static bool Apply(string name, Value value, CallArguments arguments, RenderContext context)
    {
        var other = arguments.Positional.Count > 0 ? arguments.Positional[0] : null;
        switch (name)
        {
            case "defined":
                return value is not UndefinedValue;
            case "undefined":
                return value is UndefinedValue;
            case "none":
                return value is NoneValue;
            case "string":
                return value is StringValue;
            case "number":
                return Numbers.Of(value) is not null;
            case "integer":
                return value is IntValue;
            case "float":
                return value is FloatValue;
            case "boolean":
                return value is BoolValue;
            case "true":
                return value is BoolValue { IsTrue: true };
            case "false":
                return value is BoolValue { IsTrue: false };
            case "mapping":
                return value is DictValue;
            case "sequence":
                return value is StringValue or ListValue or DictValue or RangeValue or UndefinedValue;
            case "iterable":
                return Sequences.IsIterable(value);
            case "callable":
                return value is FunctionValue;
            case "odd" or "even":
                return !Whole(value).IsEven == (name == "odd");
            case "divisibleby":
                return Numbers.DivMod(Whole(value), Whole(Needed(other, name))).Remainder.IsZero;
            case "lower":
                return context.Text(value).Text is var low && low.Any(char.IsLower) && !low.Any(char.IsUpper);
            case "upper":
                return context.Text(value).Text is var high && high.Any(char.IsUpper) && !high.Any(char.IsLower);
            case "sameas":
                return ReferenceEquals(value, Needed(other, name)) || (value is BoolValue or NoneValue or IntValue && other!.GetType() == value.GetType() && ValueEquality.Same(value, other));
            case "escaped":
                return value is StringValue { IsSafe: true };
            case "filter":
                return Filters.Exists(context.Text(value).Text);
            case "test":
                return Exists(context.Text(value).Text);
            case "in":
                return Ordering.Contains(Needed(other, name), value, context);
            default:
                return Sign(name) is { } sign
                    ? Ordering.Holds(sign, value, Needed(other, name), context)
                    : throw new JinjaException("TemplateRuntimeError", $"No test named '{name}' found.");
        }
    }

    private static string? Sign(string name) => name switch
    {
        "eq" or "equalto" or "==" => "==",
        "ne" or "!=" => "!=",
        "lt" or "lessthan" or "<" => "<",
        "le" or "<=" => "<=",
        "gt" or "greaterthan" or ">" => ">",
        "ge" or ">=" => ">=",
        _ => null,
    };

    private static bool Exists(string name) => Sign(name) is not null || name is "defined" or "undefined" or "none" or "string" or "number" or "integer" or "float" or "boolean" or "true" or "false" or
        "mapping" or "sequence" or "iterable" or "callable" or "odd" or "even" or "divisibleby" or "lower" or "upper" or "sameas" or "escaped" or "filter" or "test" or "in";

    private static Value Needed(Value? other, string test) => other ?? throw JinjaException.Type($"test_{test}() missing 1 required positional argument: 'other'");

    private static BigInteger Whole(Value value) => Numbers.Of(Arithmetic.Used(value)) switch
    {
        IntValue number => number.Number,
        FloatValue number when double.IsInteger(number.Number) => new BigInteger(number.Number),
        _ => throw JinjaException.Type($"not all arguments converted: a whole number is needed, not {value.TypeName}"),
    };
}
