using System.Numerics;

namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>None.</summary>
internal sealed class NoneValue : Value
{
    public static readonly NoneValue Instance = new();

    public override string TypeName => "NoneType";

    public override bool IsTrue => false;
}

/// <summary>True or false.</summary>
internal sealed class BoolValue : Value
{
    public static readonly BoolValue True = new(true);
    public static readonly BoolValue False = new(false);

    private BoolValue(bool value) => IsTrue = value;

    public override string TypeName => "bool";

    public override bool IsTrue { get; }
}

/// <summary>A whole number; its size is bounded.</summary>
internal sealed class IntValue : Value
{
    private const int MaxBits = 16_384;

    public IntValue(BigInteger number)
    {
        if (number.GetBitLength() > MaxBits)
            throw JinjaException.Limit("a whole number has more than 4,900 digits");
        Number = number;
    }

    public BigInteger Number { get; }

    public override string TypeName => "int";

    public override bool IsTrue => !Number.IsZero;
}

/// <summary>A floating-point number.</summary>
internal sealed class FloatValue(double number) : Value
{
    public double Number { get; } = number;

    public override string TypeName => "float";

    public override bool IsTrue => Number != 0;
}

/// <summary>A list or a tuple.</summary>
internal sealed class ListValue(IReadOnlyList<Value> items, bool isTuple = false) : Value
{
    public IReadOnlyList<Value> Items { get; } = items;

    public bool IsTuple { get; } = isTuple;

    public override long Weight { get; } = WeightOf(items);

    public override string TypeName => IsTuple ? "tuple" : "list";

    public override bool IsTrue => Items.Count > 0;
}

/// <summary>A dictionary in order of insertion.</summary>
internal sealed class DictValue(OrderedDictionary<Value, Value> entries) : Value
{
    public OrderedDictionary<Value, Value> Entries { get; } = entries;

    public override long Weight { get; } = WeightOf(entries.Keys) + WeightOf(entries.Values);

    public override string TypeName => "dict";

    public override bool IsTrue => Entries.Count > 0;

    public static OrderedDictionary<Value, Value> NewEntries() => new(ValueEquality.Instance);

    public Value? Find(string key) => Entries.TryGetValue(new StringValue(key), out var value) ? value : null;
}

/// <summary>A namespace: the one value whose attributes a template may set.</summary>
internal sealed class NamespaceValue : Value
{
    public OrderedDictionary<string, Value> Attributes { get; } = new(StringComparer.Ordinal);

    public override string TypeName => "Namespace";
}

/// <summary>What may be walked through once.</summary>
internal sealed class GeneratorValue(IEnumerable<Value> items, string typeName = "generator") : Value
{
    private IEnumerator<Value>? _rest;

    public override string TypeName { get; } = typeName;

    public IEnumerable<Value> Rest()
    {
        _rest ??= items.GetEnumerator();
        while (_rest.MoveNext())
            yield return _rest.Current;
    }
}

/// <summary>What a <c>range</c> gives.</summary>
internal sealed class RangeValue(long start, long step, long count) : Value
{
    public long Count { get; } = count;

    public override string TypeName => "range";

    public override bool IsTrue => Count > 0;

    public Value this[long index] => new IntValue(start + (index * step));

    public string Repr => step == 1 ? $"range({start}, {start + Count})" : $"range({start}, {start + (Count * step)}, {step})";
}

/// <summary>The view of a dictionary that <c>keys</c>, <c>values</c> and <c>items</c> give.</summary>
internal sealed class ViewValue(string typeName, IReadOnlyList<Value> items) : Value
{
    public IReadOnlyList<Value> Items { get; } = items;

    public override string TypeName { get; } = typeName;

    public override bool IsTrue => Items.Count > 0;
}

/// <summary>Something that can be called.</summary>
internal sealed class FunctionValue(string name, Func<CallArguments, RenderContext, Value> call, string typeName = "function") : Value
{
    public string Name { get; } = name;

    public override string TypeName { get; } = typeName;

    public Value Call(CallArguments arguments, RenderContext context) => call(arguments, context);

    /// <summary>Attributes, for example a macro's name.</summary>
    public Dictionary<string, Value> Attributes { get; } = [];
}
