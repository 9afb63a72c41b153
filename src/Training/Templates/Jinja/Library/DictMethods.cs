using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Methods of dictionaries that change nothing.</summary>
internal static class DictMethods
{
    /// <summary>A method; null = there is none.</summary>
    public static Value? Find(DictValue dictionary, string name, RenderContext context) => name switch
    {
        "get" => new FunctionValue(name, (a, c) => Get(dictionary, a, c), "method"),
        "items" => View(name, "dict_items", () => Items(dictionary)),
        "keys" => View(name, "dict_keys", () => [.. dictionary.Entries.Keys]),
        "values" => View(name, "dict_values", () => [.. dictionary.Entries.Values]),
        "copy" => new FunctionValue(name, (_, _) => dictionary, "method"),
        _ => null,
    };

    /// <summary>The entries as pairs.</summary>
    public static IReadOnlyList<Value> Items(DictValue dictionary) => [.. dictionary.Entries.Select(e => new ListValue([e.Key, e.Value], isTuple: true))];

    private static FunctionValue View(string name, string type, Func<IReadOnlyList<Value>> items) => new(name, (arguments, context) =>
    {
        arguments.Bind(name, 0);
        var list = items();
        context.Meter.MakeItems(list.Count);
        return new ViewValue(type, list);
    }, "method");

    private static Value Get(DictValue dictionary, CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("get", 1, "key", "default");
        context.Meter.Compare(bound[0]!);
        return dictionary.Entries.TryGetValue(bound[0]!, out var value) ? value : bound[1] ?? NoneValue.Instance;
    }
}
