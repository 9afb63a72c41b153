using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>What can be walked through.</summary>
internal static class Sequences
{
    /// <summary>All items of a value.</summary>
    /// <exception cref="JinjaException">It has none.</exception>
    public static IReadOnlyList<Value> Items(Value value, RenderContext context, bool unpacking = false)
    {
        switch (value)
        {
            case ListValue list:
                return list.Items;
            case ViewValue view:
                return view.Items;
            case DictValue dictionary:
                context.Meter.MakeItems(dictionary.Entries.Count);
                return [.. dictionary.Entries.Keys];
            case StringValue text:
                return Characters(text, context);
            case UndefinedValue:
                return [];
            case RangeValue range:
                context.Meter.MakeItems(range.Count);
                return [.. Enumerable.Range(0, (int)range.Count).Select(i => range[i])];
            case GeneratorValue generator:
                return Drain(generator, context);
            default:
                throw JinjaException.Type(unpacking ? $"cannot unpack non-iterable {value.TypeName} object" : $"'{value.TypeName}' object is not iterable");
        }
    }

    /// <summary>Whether <see cref="Items"/> works.</summary>
    public static bool IsIterable(Value value) => value is ListValue or ViewValue or DictValue or StringValue or UndefinedValue or RangeValue or GeneratorValue;

    /// <summary>The number of items or characters; null = the value has no length.</summary>
    public static long? Length(Value value) => value switch
    {
        ListValue list => list.Items.Count,
        ViewValue view => view.Items.Count,
        DictValue dictionary => dictionary.Entries.Count,
        StringValue text => TextIndex.Length(text.Text),
        UndefinedValue => 0,
        RangeValue range => range.Count,
        _ => null,
    };

    private static List<Value> Characters(StringValue text, RenderContext context)
    {
        context.Meter.MakeItems(text.Text.Length);
        var items = new List<Value>(text.Text.Length);
        for (var i = 0; i < text.Text.Length;)
        {
            var length = TextIndex.UnitsAt(text.Text, i);
            items.Add(text.Slice(i, i + length));
            context.Meter.Step(1 + (text.Marks.Count / 8));
            i += length;
        }

        return items;
    }

    private static List<Value> Drain(GeneratorValue generator, RenderContext context)
    {
        var items = new List<Value>();
        foreach (var item in generator.Rest())
        {
            context.Meter.MakeItems(1);
            items.Add(item);
        }

        return items;
    }
}
