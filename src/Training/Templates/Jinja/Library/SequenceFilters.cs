using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Filters over whole sequences.</summary>
internal static class SequenceFilters
{
    /// <summary><c>join</c>.</summary>
    public static StringValue Join(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("join", 0, "d", "attribute");
        var items = Sequences.Items(value, context).Select(item => context.Text(bound[1] is null ? item : SelectFilters.Attribute(item, bound[1]!, context)));
        return TextEdit.Join(bound[0] is null ? StringValue.Empty : context.Text(bound[0]!), [.. items], context);
    }

    /// <summary><c>sort</c>.</summary>
    public static ListValue Sort(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("sort", 0, "reverse", "case_sensitive", "attribute");
        var items = Sequences.Items(value, context);
        var keys = bound[2] is null or NoneValue ? [] : context.Text(bound[2]!).Text.Split(',');
        return new ListValue(Order(items, item => Key(item, keys, bound[1]?.IsTrue ?? false, context), bound[0]?.IsTrue ?? false, context));
    }

    /// <summary><c>dictsort</c>.</summary>
    public static ListValue DictSort(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("dictsort", 0, "case_sensitive", "by", "reverse");
        if (value is not DictValue dictionary)
            throw Arithmetic.Used(value) is var given ? UndefinedValue.Attribute(given, "items").Used() : null!;
        var place = bound[1] is null ? 0 : context.Text(bound[1]!).Text switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw new JinjaException("FilterArgumentError", "You can only sort by either \"key\" or \"value\""),
        };
        return new ListValue(Order(DictMethods.Items(dictionary), item => Fold(((ListValue)item).Items[place], bound[0]?.IsTrue ?? false), bound[2]?.IsTrue ?? false, context));
    }

    /// <summary><c>unique</c>.</summary>
    public static GeneratorValue Unique(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("unique", 0, "case_sensitive", "attribute");
        var seen = new HashSet<Value>(ValueEquality.Instance);
        return new GeneratorValue(Sequences.Items(value, context).Where(item =>
        {
            var key = Fold(bound[1] is null or NoneValue ? item : SelectFilters.Attribute(item, bound[1]!, context), bound[0]?.IsTrue ?? false);
            context.Meter.Compare(key);
            return seen.Add(key);
        }));
    }

    /// <summary><c>min</c> (-1) and <c>max</c> (1).</summary>
    public static Value Extreme(Value value, CallArguments arguments, int sign, RenderContext context)
    {
        var bound = arguments.Bind(sign < 0 ? "min" : "max", 0, "case_sensitive", "attribute");
        Value? best = null;
        Value? bestKey = null;
        foreach (var item in Sequences.Items(value, context))
        {
            context.Meter.Step();
            var key = Fold(bound[1] is null or NoneValue ? item : SelectFilters.Attribute(item, bound[1]!, context), bound[0]?.IsTrue ?? false);
            context.Meter.Compare(key);
            if (best is null || Ordering.Compare(key, bestKey!) * sign > 0)
                (best, bestKey) = (item, key);
        }

        return best ?? new UndefinedValue("No aggregated item, sequence was empty.");
    }

    /// <summary><c>sum</c>.</summary>
    public static Value Sum(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("sum", 0, "attribute", "start");
        var sum = bound[1] ?? new IntValue(BigInteger.Zero);
        foreach (var item in Sequences.Items(value, context))
        {
            context.Meter.Step();
            sum = Arithmetic.Apply("+", sum, bound[0] is null or NoneValue ? item : SelectFilters.Attribute(item, bound[0]!, context), context);
        }

        return sum;
    }

    /// <summary><c>batch</c>.</summary>
    public static GeneratorValue Batch(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("batch", 1, "linecount", "fill_with");
        var size = Size(bound[0]!, context);
        return new GeneratorValue(Sequences.Items(value, context).Chunk(size).Select(chunk => new ListValue(Filled(chunk, bound[1] is null or NoneValue ? chunk.Length : size, bound[1], context))));
    }

    /// <summary><c>slice</c>.</summary>
    public static GeneratorValue Slice(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("slice", 1, "slices", "fill_with");
        var items = Sequences.Items(value, context);
        var slices = Size(bound[0]!, context);
        var (each, more) = (items.Count / slices, items.Count % slices);
        var filled = bound[1] is not (null or NoneValue);
        return new GeneratorValue(Enumerable.Range(0, slices).Select(i =>
        {
            var start = (i * each) + Math.Min(i, more);
            Value[] part = [.. items.Skip(start).Take(each + (i < more ? 1 : 0))];
            return new ListValue(Filled(part, filled && i >= more ? part.Length + 1 : part.Length, bound[1], context));
        }));
    }

    /// <summary><c>groupby</c>.</summary>
    public static ListValue GroupBy(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("groupby", 1, "attribute", "default", "case_sensitive");
        Value Attribute(Value item)
        {
            context.Meter.Compare(item);
            return SelectFilters.Attribute(item, bound[0]!, context) is var found && found is UndefinedValue && bound[1] is not null ? bound[1]! : found;
        }

        var exact = bound[2]?.IsTrue ?? false;
        var groups = new List<Value>();
        var members = new List<Value>();
        Value? key = null;
        foreach (var item in Order(Sequences.Items(value, context), item => Fold(Attribute(item), exact), reverse: false, context))
        {
            if (key is not null && !ValueEquality.Same(Fold(key, exact), Fold(Attribute(item), exact)))
                Close();
            key ??= Attribute(item);
            members.Add(item);
        }

        if (key is not null)
            Close();
        return new ListValue(groups);

        void Close()
        {
            groups.Add(new ListValue([key, new ListValue([.. members])], isTuple: true));
            members.Clear();
            key = null;
        }
    }

    // Python's sort is stable, also when it is reversed.
    private static List<Value> Order(IReadOnlyList<Value> items, Func<Value, Value> key, bool reverse, RenderContext context)
    {
        context.Meter.MakeItems(items.Count);
        var comparer = Comparer<Value>.Create((x, y) =>
        {
            context.Meter.Compare(x, y);
            return -(Ordering.Compare(Arithmetic.Used(y), Arithmetic.Used(x)) ?? 0); // Python asks whether the later is less
        });
        var keyed = items.Select(item => KeyValuePair.Create(key(item), item)).ToList();
        if (keyed.Count == 1)
            return [.. items];
        try
        {
            return [.. (reverse ? keyed.OrderByDescending(p => p.Key, comparer) : keyed.OrderBy(p => p.Key, comparer)).Select(p => p.Value)];
        }
        catch (InvalidOperationException e) when (e.InnerException is JinjaException inner)
        {
            throw inner;
        }
    }

    private static Value Key(Value item, string[] attributes, bool exact, RenderContext context) => attributes.Length switch
    {
        0 => Fold(item, exact),
        1 => Fold(SelectFilters.Attribute(item, new StringValue(attributes[0]), context), exact),
        _ => new ListValue([.. attributes.Select(a => Fold(SelectFilters.Attribute(item, new StringValue(a), context), exact))]),
    };

    private static Value Fold(Value value, bool exact) => !exact && value is StringValue text ? new StringValue(text.Text.ToLowerInvariant()) : value;

    private static int Size(Value value, RenderContext context)
    {
        var size = NumberFilters.Index(value);
        if (size <= 0)
            throw new JinjaException("ZeroDivisionError", "integer division or modulo by zero");
        context.Meter.MakeItems(size);
        return size;
    }

    private static Value[] Filled(Value[] items, int size, Value? fill, RenderContext context)
    {
        context.Meter.MakeItems(size);
        return items.Length >= size ? items : [.. items, .. Enumerable.Repeat(fill!, size - items.Length)];
    }
}
