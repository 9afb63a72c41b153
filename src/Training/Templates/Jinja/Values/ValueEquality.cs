using System.Numerics;

namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>Python's equality and hash: 1 == 1.0 == True, sequences item by item.</summary>
internal sealed class ValueEquality : IEqualityComparer<Value>
{
    public static readonly ValueEquality Instance = new();

    public bool Equals(Value? x, Value? y) => Same(x!, y!);

    public int GetHashCode(Value obj)
    {
        Meter.EnsureStack();
        return obj switch
        {
            StringValue text => text.Text.GetHashCode(StringComparison.Ordinal),
            BoolValue or IntValue or FloatValue => Hash(obj),
            ListValue { IsTuple: true } tuple => tuple.Items.Aggregate(17, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
            ListValue or DictValue => throw JinjaException.Type($"unhashable type: '{obj.TypeName}'"),
            NoneValue => 1,
            UndefinedValue => 2,
            _ => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj),
        };
    }

    /// <summary>Whether two values are equal.</summary>
    public static bool Same(Value x, Value y)
    {
        if (ReferenceEquals(x, y))
            return x is not FloatValue { Number: double.NaN };
        Meter.EnsureStack();
        switch (x, y)
        {
            case (StringValue a, StringValue b):
                return a.Text == b.Text;
            case (UndefinedValue, UndefinedValue):
                return true;
            case (ListValue a, ListValue b):
                return a.IsTuple == b.IsTuple && a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => Same(p.First, p.Second));
            case (DictValue a, DictValue b):
                return a.Entries.Count == b.Entries.Count && a.Entries.All(e => b.Entries.TryGetValue(e.Key, out var other) && Same(e.Value, other));
            case (RangeValue a, RangeValue b):
                return a.Repr == b.Repr;
            default:
                return Numbers.Of(x) is { } left && Numbers.Of(y) is { } right && Numbers.Compare(left, right) == 0;
        }
    }

    private static int Hash(Value value)
    {
        var number = Numbers.Of(value)!;
        if (number is FloatValue real)
            return double.IsInteger(real.Number) ? new BigInteger(real.Number).GetHashCode() : real.Number.GetHashCode();
        return ((IntValue)number).Number.GetHashCode();
    }
}
