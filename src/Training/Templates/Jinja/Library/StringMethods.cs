using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Methods of texts.</summary>
internal static class StringMethods
{
    /// <summary>A method; null = there is none.</summary>
    public static Value? Find(StringValue text, string name)
    {
        Func<CallArguments, RenderContext, Value>? call = name switch
        {
            "strip" or "lstrip" or "rstrip" => (a, c) => Strip(text, name, a, c),
            "split" => (a, c) => Splitting.Split(text, a, c),
            "rsplit" => (a, c) => Splitting.SplitRight(text, a, c),
            "splitlines" => (a, c) => Splitting.Lines(text, a, c),
            "partition" or "rpartition" => (a, c) => Splitting.Partition(text, a, name == "rpartition", c),
            "replace" => (a, c) => Replace(text, a, c),
            "startswith" or "endswith" => (a, c) => Value.Of(Begins(text, name, a, c)),
            "removeprefix" or "removesuffix" => (a, c) => Remove(text, name, a, c),
            "find" or "rfind" or "index" or "rindex" or "count" => (a, c) => Search(text, name, a, c),
            "join" => (a, c) => Join(text, a.Bind(name, 1, "iterable")[0]!, c),
            "format" => (a, c) => BraceFormat.Apply(text, a, c),
            "upper" or "lower" or "title" or "capitalize" or "swapcase" or "casefold" => (a, c) => Letters(text, name, a, c),
            "zfill" or "ljust" or "rjust" or "center" => (a, c) => Pad(text, name, a, c),
            "isdigit" or "isnumeric" or "isdecimal" => (_, _) => All(text, char.IsDigit),
            "isalpha" => (_, _) => All(text, char.IsLetter),
            "isalnum" => (_, _) => All(text, char.IsLetterOrDigit),
            "isspace" => (_, _) => All(text, TextEdit.IsSpace),
            "isupper" => (_, _) => Value.Of(text.Text.Any(char.IsUpper) && !text.Text.Any(char.IsLower)),
            "islower" => (_, _) => Value.Of(text.Text.Any(char.IsLower) && !text.Text.Any(char.IsUpper)),
            "encode" => (_, _) => throw new JinjaException("SecurityError", "bytes have no place in a chat template"),
            _ => null,
        };
        return call is null ? null : new FunctionValue(name, call, "builtin_function_or_method");
    }

    /// <summary>A text with other letters.</summary>
    public static StringValue Letters(StringValue text, string name, RenderContext context)
    {
        context.Meter.Make(text.Text.Length);
        return name switch
        {
            "upper" => text.Rewrite(Upper(text.Text)),
            "lower" or "casefold" => text.Rewrite(text.Text.ToLowerInvariant()),
            "title" => TextEdit.Title(text),
            "swapcase" => text.Rewrite(string.Concat(text.Text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)))),
            _ => text.Rewrite(text.Text.Length == 0 ? "" : Upper(text.Text[..1]) + text.Text[1..].ToLowerInvariant()),
        };
    }

    /// <summary>An argument that must be a text.</summary>
    public static StringValue Text(Value value, string method) => Arithmetic.Used(value) as StringValue
        ?? throw JinjaException.Type($"{method}() argument must be str, not {value.TypeName}");

    private static string Upper(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);

    private static StringValue Letters(StringValue text, string name, CallArguments arguments, RenderContext context)
    {
        arguments.Bind(name, 0);
        return Letters(text, name, context);
    }

    private static StringValue Strip(StringValue text, string name, CallArguments arguments, RenderContext context)
    {
        var characters = arguments.Bind(name, 0, "chars")[0];
        if (characters is not (null or NoneValue or StringValue))
            throw characters is UndefinedValue undefined ? undefined.Used() : JinjaException.Type($"{name} arg must be None or str");
        return TextEdit.Strip(text, (characters as StringValue)?.Text, name != "rstrip", name != "lstrip", context);
    }

    private static StringValue Replace(StringValue text, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("replace", 2, "old", "new", "count");
        return TextEdit.Replace(text, Text(bound[0]!, "replace"), Text(bound[1]!, "replace"), bound[2] is { } count ? Number(count) : -1, context);
    }

    private static bool Begins(StringValue text, string name, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind(name, 1, "prefix", "start", "end");
        var part = Slicing.Take(text, bound[1], bound[2], null, context) is StringValue cut ? cut.Text : "";
        var candidates = Arithmetic.Used(bound[0]!) is ListValue { IsTuple: true } several ? several.Items : [bound[0]!];
        context.Meter.Step(candidates.Count);
        return candidates.Any(candidate => candidate is StringValue piece
            ? name == "startswith" ? part.StartsWith(piece.Text, StringComparison.Ordinal) : part.EndsWith(piece.Text, StringComparison.Ordinal)
            : throw JinjaException.Type($"{name} first arg must be str or a tuple of str, not {candidate.TypeName}"));
    }

    private static StringValue Remove(StringValue text, string name, CallArguments arguments, RenderContext context)
    {
        var piece = Text(arguments.Bind(name, 1, "prefix")[0]!, name).Text;
        context.Meter.Make(text.Text.Length);
        if (name == "removeprefix")
            return text.Text.StartsWith(piece, StringComparison.Ordinal) ? text.Slice(piece.Length, text.Text.Length) : text;
        return piece.Length > 0 && text.Text.EndsWith(piece, StringComparison.Ordinal) ? text.Slice(0, text.Text.Length - piece.Length) : text;
    }

    private static IntValue Search(StringValue text, string name, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind(name, 1, "sub", "start", "end");
        var piece = Text(bound[0]!, name).Text;
        context.Meter.Search(text.Text, piece);
        var length = TextIndex.Length(text.Text);
        var from = Place(bound[1], 0, length);
        var to = Place(bound[2], length, length);
        var part = from <= to ? text.Text[TextIndex.Unit(text.Text, from)..TextIndex.Unit(text.Text, to)] : "";
        if (name == "count")
            return Number(piece.Length == 0 ? TextIndex.Length(part) + 1 : Count(part, piece));
        var at = from > to ? -1 : name[0] == 'r' ? part.LastIndexOf(piece, StringComparison.Ordinal) : part.IndexOf(piece, StringComparison.Ordinal);
        if (at < 0 && name.EndsWith("index", StringComparison.Ordinal))
            throw JinjaException.Value("substring not found");
        return Number(at < 0 ? -1 : from + TextIndex.Point(part, at));
    }

    private static int Count(string text, string piece)
    {
        var count = 0;
        for (var at = text.IndexOf(piece, StringComparison.Ordinal); at >= 0; at = text.IndexOf(piece, at + piece.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    private static StringValue Join(StringValue text, Value items, RenderContext context)
    {
        var list = Sequences.Items(Arithmetic.Used(items), context);
        var texts = new List<StringValue>(list.Count);
        for (var i = 0; i < list.Count; i++)
            texts.Add(list[i] as StringValue ?? throw JinjaException.Type($"sequence item {i}: expected str instance, {list[i].TypeName} found"));
        return TextEdit.Join(text, texts, context);
    }

    private static StringValue Pad(StringValue text, string name, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind(name, 1, "width", "fillchar");
        var fill = bound[1] is null ? (name == "zfill" ? "0" : " ") : Text(bound[1]!, name).Text;
        if (TextIndex.Length(fill) != 1)
            throw JinjaException.Type("The fill character must be exactly one character long");
        return Pad(text, fill, Number(bound[0]!), name, context);
    }

    /// <summary>A text filled up to a width.</summary>
    public static StringValue Pad(StringValue text, string fill, int width, string side, RenderContext context)
    {
        var missing = width - TextIndex.Length(text.Text);
        if (missing <= 0)
            return text;
        context.Meter.Make((long)missing * fill.Length);
        var left = side switch { "ljust" => 0, "rjust" => missing, "zfill" => missing, _ => (missing / 2) + (missing & width & 1) };
        var signed = side == "zfill" && text.Text.Length > 0 && text.Text[0] is '-' or '+' ? 1 : 0;
        return new MarkedBuilder(context).Append(text.Slice(0, signed)).Append(string.Concat(Enumerable.Repeat(fill, left))).Append(text.Slice(signed, text.Text.Length))
            .Append(string.Concat(Enumerable.Repeat(fill, missing - left))).ToValue(text.IsSafe);
    }

    private static Value All(StringValue text, Func<char, bool> holds) => Value.Of(text.Text.Length > 0 && text.Text.All(holds));

    private static int Place(Value? value, int otherwise, int length)
    {
        if (value is null or NoneValue)
            return otherwise;
        var index = Number(value);
        return index < 0 ? Math.Max(0, index + length) : index > length && otherwise == length ? length : Math.Min(index, length + 1);
    }

    private static int Number(Value value) => Numbers.Index(Arithmetic.Used(value)) ?? throw JinjaException.Type($"'{value.TypeName}' object cannot be interpreted as an integer");

    private static IntValue Number(int value) => new(new BigInteger(value));
}
