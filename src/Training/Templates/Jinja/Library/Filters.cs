using System.Collections.Frozen;
using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Filters: <c>a | f(b)</c>.</summary>
internal static class Filters
{
    private delegate Value Filter(Value value, CallArguments arguments, RenderContext context);

    private static readonly FrozenDictionary<string, Filter> All = new Dictionary<string, Filter>(StringComparer.Ordinal)
    {
        ["abs"] = (v, _, _) => Numbers.Of(Arithmetic.Used(v)) is { } number && Numbers.Real(number) < 0 ? Arithmetic.Sign(number, true) : Arithmetic.Sign(v, false),
        ["attr"] = (v, a, c) => Members.Attribute(v, c.Text(a.Bind("attr", 1, "name")[0]!).Text, c),
        ["batch"] = SequenceFilters.Batch,
        ["capitalize"] = (v, _, c) => StringMethods.Letters(c.Text(v), "capitalize", c),
        ["center"] = (v, a, c) => StringMethods.Pad(c.Text(v), " ", NumberFilters.Index(a.Bind("center", 0, "width")[0] ?? new IntValue(new BigInteger(80))), "center", c),
        ["count"] = Length,
        ["d"] = Default,
        ["default"] = Default,
        ["dictsort"] = SequenceFilters.DictSort,
        ["e"] = (v, _, c) => TextEdit.Escape(c.Text(v), c),
        ["escape"] = (v, _, c) => TextEdit.Escape(c.Text(v), c),
        ["filesizeformat"] = (_, _, _) => throw new JinjaException("TemplateRuntimeError", "the filter 'filesizeformat' has no place in a chat template"),
        ["first"] = (v, _, c) => Sequences.Items(v, c) is { Count: > 0 } items ? items[0] : new UndefinedValue("No first item, sequence was empty."),
        ["float"] = NumberFilters.Float,
        ["forceescape"] = (v, _, c) => TextEdit.Escape(c.Text(v).AsSafe(false), c),
        ["format"] = (v, a, c) => PercentFormat.Apply(c.Text(v), a.Named.Count > 0 ? Globals.Dictionary(a.Named) : new ListValue(a.Positional, isTuple: true), c),
        ["groupby"] = SequenceFilters.GroupBy,
        ["indent"] = Indent,
        ["int"] = NumberFilters.Int,
        ["items"] = Items,
        ["join"] = SequenceFilters.Join,
        ["last"] = (v, _, c) => Last(v, c),
        ["length"] = Length,
        ["list"] = (v, _, c) => new ListValue([.. Sequences.Items(v, c)]),
        ["lower"] = (v, _, c) => StringMethods.Letters(c.Text(v), "lower", c),
        ["map"] = SelectFilters.Map,
        ["max"] = (v, a, c) => SequenceFilters.Extreme(v, a, 1, c),
        ["min"] = (v, a, c) => SequenceFilters.Extreme(v, a, -1, c),
        ["reject"] = (v, a, c) => SelectFilters.Select(v, a, false, false, c),
        ["rejectattr"] = (v, a, c) => SelectFilters.Select(v, a, false, true, c),
        ["replace"] = Replace,
        ["reverse"] = (v, _, c) => v is StringValue ? Slicing.Take(v, null, null, new IntValue(BigInteger.MinusOne), c) : new GeneratorValue(Sequences.Items(v, c).Reverse(), "list_reverseiterator"),
        ["round"] = NumberFilters.Round,
        ["safe"] = (v, _, c) => c.Text(v).AsSafe(true),
        ["select"] = (v, a, c) => SelectFilters.Select(v, a, true, false, c),
        ["selectattr"] = (v, a, c) => SelectFilters.Select(v, a, true, true, c),
        ["slice"] = SequenceFilters.Slice,
        ["sort"] = SequenceFilters.Sort,
        ["string"] = (v, _, c) => c.Text(v),
        ["striptags"] = (_, _, _) => throw new JinjaException("TemplateRuntimeError", "the filter 'striptags' has no place in a chat template"),
        ["sum"] = SequenceFilters.Sum,
        ["title"] = (v, _, c) => TitleWords(c.Text(v), c),
        ["tojson"] = JsonText.Write,
        ["trim"] = (v, a, c) => TextEdit.Strip(c.Text(v), a.Bind("trim", 0, "chars")[0] is StringValue chars ? chars.Text : null, left: true, right: true, c),
        ["truncate"] = Truncate,
        ["unique"] = SequenceFilters.Unique,
        ["upper"] = (v, _, c) => StringMethods.Letters(c.Text(v), "upper", c),
        ["wordcount"] = (v, _, c) => new IntValue(new BigInteger(Splitting.Split(c.Text(v), CallArguments.None, c).Items.Count)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The result of a filter.</summary>
    public static Value Apply(string name, Value value, CallArguments arguments, RenderContext context) => All.TryGetValue(name, out var filter)
        ? filter(value, arguments, context)
        : throw new JinjaException("TemplateRuntimeError", $"No filter named '{name}' found.");

    /// <summary>Whether there is such a filter.</summary>
    public static bool Exists(string name) => All.ContainsKey(name);

    private static IntValue Length(Value value, CallArguments arguments, RenderContext context) =>
        Sequences.Length(value) is { } length ? new IntValue(length) : throw JinjaException.Type($"object of type '{value.TypeName}' has no len()");

    private static Value Default(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("default", 0, "default_value", "boolean");
        return value is UndefinedValue || (bound[1] is { IsTrue: true } && !value.IsTrue) ? bound[0] ?? StringValue.Empty : value;
    }

    private static Value Last(Value value, RenderContext context)
    {
        if (value is GeneratorValue)
            throw JinjaException.Type($"'{value.TypeName}' object is not reversible");
        var items = Sequences.Items(value, context);
        if (items.Count == 0)
            return new UndefinedValue("No last item, sequence was empty.");
        return items[items.Count - 1];
    }

    private static GeneratorValue Items(Value value, CallArguments arguments, RenderContext context) => value switch
    {
        DictValue dictionary => new GeneratorValue(DictMethods.Items(dictionary)),
        UndefinedValue => new GeneratorValue([]),
        _ => throw JinjaException.Type("Can only get item pairs from a mapping."),
    };

    private static StringValue Indent(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("indent", 0, "width", "first", "blank");
        var width = bound[0] is StringValue text ? text.Text : Blanks(bound[0] is null ? 4 : NumberFilters.Index(bound[0]!), context);
        return TextEdit.Indent(context.Text(value), width, bound[1]?.IsTrue ?? false, bound[2]?.IsTrue ?? false, context);
    }

    private static string Blanks(int count, RenderContext context)
    {
        context.Meter.Make(Math.Max(0, count));
        return new string(' ', Math.Max(0, count));
    }

    private static StringValue Replace(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("replace", 2, "old", "new", "count");
        var count = bound[2] is null or NoneValue ? -1 : NumberFilters.Index(bound[2]!);
        return TextEdit.Replace(context.Text(value), context.Text(bound[0]!), context.Text(bound[1]!), count, context);
    }

    // Unlike the method of the same name: words begin behind white space and - ( { [ <.
    private static StringValue TitleWords(StringValue text, RenderContext context)
    {
        context.Meter.Make(text.Text.Length);
        var begins = true;
        return text.Rewrite(string.Concat(text.Text.Select(character =>
        {
            var letter = begins ? char.ToUpperInvariant(character) : char.ToLowerInvariant(character);
            begins = TextEdit.IsSpace(character) || character is '-' or '(' or '{' or '[' or '<';
            return letter;
        })));
    }

    private static StringValue Truncate(Value value, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("truncate", 0, "length", "killwords", "end", "leeway");
        var text = context.Text(value);
        var length = bound[0] is null ? 255 : NumberFilters.Index(bound[0]!);
        var end = bound[2] is null ? new StringValue("...") : context.Text(bound[2]!);
        var leeway = bound[3] is null or NoneValue ? 5 : NumberFilters.Index(bound[3]!);
        var most = length - TextIndex.Length(end.Text);
        if (most < 0)
            throw JinjaException.Value("the end is longer than the length");
        if (TextIndex.Length(text.Text) <= length + leeway)
            return text;
        var cut = text.Slice(0, TextIndex.Unit(text.Text, most));
        if (bound[1] is not { IsTrue: true } && cut.Text.LastIndexOf(' ') is >= 0 and var blank)
            cut = cut.Slice(0, blank);
        return TextEdit.Add(cut, end, context);
    }
}
