using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Python's slices.</summary>
internal static class Slicing
{
    /// <summary>A part of a text or list; null bounds are open.</summary>
    public static Value Take(Value value, Value? start, Value? stop, Value? step, RenderContext context)
    {
        Arithmetic.Used(value);
        var by = Bound(step) ?? 1;
        if (by == 0)
            throw JinjaException.Value("slice step cannot be zero");
        switch (value)
        {
            case StringValue text:
                return TakeText(text, Bound(start), Bound(stop), by, context);
            case ListValue list:
                var indices = Indices(list.Items.Count, Bound(start), Bound(stop), by).ToList();
                context.Meter.MakeItems(indices.Count);
                return new ListValue([.. indices.Select(i => list.Items[i])], list.IsTuple);
            case RangeValue:
                return Take(new ListValue(Sequences.Items(value, context)), start, stop, step, context);
            default:
                return value is DictValue
                    ? new UndefinedValue("dict object has no element slice(...)")
                    : new UndefinedValue($"{(value is NoneValue ? "None" : value.TypeName + " object")} has no element slice(...)");
        }
    }

    private static StringValue TakeText(StringValue text, int? start, int? stop, int step, RenderContext context)
    {
        var length = TextIndex.Length(text.Text);
        context.Meter.Scan(text.Text.Length);
        if (step == 1)
        {
            var (from, to) = (Clip(start ?? 0, length), Clip(stop ?? length, length));
            context.Meter.Make(Math.Max(0, to - from));
            return text.Slice(TextIndex.Unit(text.Text, from), TextIndex.Unit(text.Text, to));
        }

        var characters = Sequences.Items(text, context);
        var output = new MarkedBuilder(context);
        foreach (var i in Indices(length, start, stop, step))
            output.Append((StringValue)characters[i]);
        return output.ToValue(text.IsSafe);
    }

    private static IEnumerable<int> Indices(int length, int? start, int? stop, int step)
    {
        if (step > 0)
        {
            for (long i = Clip(start ?? 0, length), end = Clip(stop ?? length, length); i < end; i += step)
                yield return (int)i;
        }
        else
        {
            for (long i = start is { } s ? ClipDown(s, length) : length - 1, end = stop is { } e ? ClipDown(e, length) : -1; i > end; i += step)
                yield return (int)i;
        }
    }

    private static int Clip(int index, int length) => Math.Clamp(index < 0 ? index + length : index, 0, length);

    private static int ClipDown(int index, int length) => Math.Clamp(index < 0 ? index + length : index, -1, length - 1);

    private static int? Bound(Value? value) => value is null or NoneValue
        ? null
        : Numbers.Index(Arithmetic.Used(value)) ?? throw JinjaException.Type("slice indices must be integers or None or have an __index__ method");
}
