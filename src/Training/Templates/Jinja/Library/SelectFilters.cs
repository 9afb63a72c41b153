using System.Globalization;
using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Filters that choose or change every item.</summary>
internal static class SelectFilters
{
    /// <summary><c>map</c>.</summary>
    public static GeneratorValue Map(Value value, CallArguments arguments, RenderContext context)
    {
        if (arguments.Positional.Count == 0 && arguments.Named.TryGetValue("attribute", out var attribute))
        {
            var fallback = arguments.Named.GetValueOrDefault("default");
            return new GeneratorValue(Lazy(value, context).Select(item => Attribute(item, attribute, context, fallback)));
        }

        if (arguments.Positional.Count == 0)
            throw new JinjaException("FilterArgumentError", "map requires a filter argument");
        var filter = context.Text(arguments.Positional[0]).Text;
        var rest = arguments with { Positional = [.. arguments.Positional.Skip(1)] };
        return new GeneratorValue(Lazy(value, context).Select(item => Filters.Apply(filter, item, rest, context)));
    }

    /// <summary><c>select</c>, <c>reject</c>, <c>selectattr</c>, <c>rejectattr</c>.</summary>
    public static GeneratorValue Select(Value value, CallArguments arguments, bool keep, bool byAttribute, RenderContext context)
    {
        var positional = arguments.Positional;
        if (byAttribute && positional.Count == 0)
            throw new JinjaException("FilterArgumentError", "Missing parameter for attribute name");
        var attribute = byAttribute ? positional[0] : null;
        var rest = byAttribute ? [.. positional.Skip(1)] : positional;
        var test = rest.Count > 0 ? context.Text(rest[0]).Text : null;
        var others = arguments with { Positional = [.. rest.Skip(1)] };
        return new GeneratorValue(Lazy(value, context).Where(item =>
        {
            var judged = attribute is null ? item : Attribute(item, attribute, context);
            return (test is null ? judged.IsTrue : Tests.Apply(test, judged, others, context)) == keep;
        }));
    }

    /// <summary>An attribute by its dotted path; numbers are places.</summary>
    public static Value Attribute(Value item, Value path, RenderContext context, Value? fallback = null)
    {
        if (Numbers.Index(path) is not null)
            return Or(Members.Element(item, path, context), fallback);
        foreach (var part in context.Text(path).Text.Split('.'))
            item = Or(Members.Element(item, int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new IntValue(new BigInteger(index)) : new StringValue(part), context), fallback);
        return item;
    }

    private static Value Or(Value found, Value? fallback) => found is UndefinedValue && fallback is not null ? fallback : found;

    // The items are looked at one by one, when they are asked for.
    private static IEnumerable<Value> Lazy(Value value, RenderContext context)
    {
        if (!value.IsTrue && value is not GeneratorValue)
            yield break;
        foreach (var item in value is GeneratorValue generator ? generator.Rest() : Sequences.Items(value, context))
        {
            context.Meter.Step();
            yield return item;
        }
    }
}
