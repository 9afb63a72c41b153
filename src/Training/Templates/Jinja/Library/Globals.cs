using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Functions that every template sees.</summary>
internal static class Globals
{
    private const int MaxRange = 100_000;

    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, Value> All { get; } = new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["range"] = new FunctionValue("range", Range),
        ["dict"] = new FunctionValue("dict", (a, c) => Dictionary(a, c)),
        ["namespace"] = new FunctionValue("namespace", Namespace),
        ["cycler"] = new FunctionValue("cycler", (a, _) => Cycler(a.Positional)),
        ["joiner"] = new FunctionValue("joiner", (a, _) => Joiner(a.Bind("joiner", 0, "sep")[0] ?? new StringValue(", "))),
        ["raise_exception"] = new FunctionValue("raise_exception", (a, c) => throw new JinjaException("TemplateError", c.Text(a.Bind("raise_exception", 1, "message")[0]!).Text)),
        ["strftime_now"] = new FunctionValue("strftime_now", (a, c) => new StringValue(StrfTime.Format(StringMethods.Text(a.Bind("strftime_now", 1, "format")[0]!, "strftime_now").Text, c))),
    };

    /// <summary>Entries by name as a dictionary.</summary>
    public static DictValue Dictionary(IEnumerable<KeyValuePair<string, Value>> named)
    {
        var entries = DictValue.NewEntries();
        foreach (var (name, value) in named)
            entries[new StringValue(name)] = value;
        return new DictValue(entries);
    }

    private static RangeValue Range(CallArguments arguments, RenderContext context)
    {
        var numbers = arguments.Positional.Select(v => Numbers.Of(Arithmetic.Used(v)) is IntValue n ? n.Number : throw JinjaException.Type($"'{v.TypeName}' object cannot be interpreted as an integer")).ToArray();
        if (numbers.Length is 0 or > 3 || arguments.Named.Count > 0)
            throw JinjaException.Type($"range expected at least 1 argument, got {numbers.Length}");
        var (start, stop) = numbers.Length == 1 ? (BigInteger.Zero, numbers[0]) : (numbers[0], numbers[1]);
        var step = numbers.Length == 3 ? numbers[2] : BigInteger.One;
        if (step.IsZero)
            throw JinjaException.Value("range() arg 3 must not be zero");
        var count = BigInteger.Max(0, Numbers.DivMod(stop - start + step - step.Sign, step).Quotient);
        if (count > MaxRange)
            throw new JinjaException("OverflowError", $"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({MaxRange}).");
        var most = (BigInteger)long.MaxValue / 2;
        if (BigInteger.Abs(start) > most || BigInteger.Abs(step) > most / MaxRange)
            throw JinjaException.Limit("a range has too large numbers");
        return new RangeValue((long)start, (long)step, (long)count);
    }

    private static DictValue Dictionary(CallArguments arguments, RenderContext context)
    {
        var entries = DictValue.NewEntries();
        foreach (var value in arguments.Positional)
        {
            if (value is DictValue given)
            {
                foreach (var (key, item) in given.Entries)
                    entries[key] = item;
                continue;
            }

            foreach (var pair in Sequences.Items(Arithmetic.Used(value), context))
            {
                var items = Sequences.Items(pair, context, unpacking: true);
                if (items.Count != 2)
                    throw JinjaException.Value("dictionary update sequence elements must have length 2");
                context.Meter.Compare(items[0]);
                entries[items[0]] = items[1];
            }
        }

        foreach (var (name, value) in arguments.Named)
            entries[new StringValue(name)] = value;
        context.Meter.MakeItems(entries.Count);
        return new DictValue(entries);
    }

    private static NamespaceValue Namespace(CallArguments arguments, RenderContext context)
    {
        var names = new NamespaceValue();
        foreach (var (key, value) in Dictionary(arguments, context).Entries)
            names.Attributes[key is StringValue text ? text.Text : throw JinjaException.Type("names of a namespace must be strings")] = value;
        return names;
    }

    private static NamespaceValue Cycler(IReadOnlyList<Value> items)
    {
        if (items.Count == 0)
            throw JinjaException.Type("at least one item has to be provided");
        var cycler = new NamespaceValue();
        var position = 0;
        void Show() => cycler.Attributes["current"] = items[position];
        cycler.Attributes["next"] = new FunctionValue("next", (_, _) =>
        {
            var value = items[position];
            position = (position + 1) % items.Count;
            Show();
            return value;
        });
        cycler.Attributes["reset"] = new FunctionValue("reset", (_, _) =>
        {
            position = 0;
            Show();
            return NoneValue.Instance;
        });
        Show();
        return cycler;
    }

    private static FunctionValue Joiner(Value separator)
    {
        var used = false;
        return new FunctionValue("joiner", (_, _) =>
        {
            var value = used ? separator : StringValue.Empty;
            used = true;
            return value;
        });
    }
}
