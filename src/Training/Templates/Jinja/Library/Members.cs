using MedicalGpt.Training.Templates.Jinja.Syntax;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Attributes and elements of values. Only what is listed here exists; nothing of .NET is in reach.</summary>
internal static class Members
{
    private static readonly string[] ChangeList = ["append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"];
    private static readonly string[] ChangeDict = ["clear", "pop", "popitem", "setdefault", "update"];

    /// <summary><c>value.name</c>: methods before entries.</summary>
    public static Value Attribute(Value value, string name, RenderContext context)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Used();
        return Method(value, name, context) ?? Entry(value, new StringValue(name)) ?? UndefinedValue.Attribute(value, name);
    }

    /// <summary><c>value[key]</c>: entries before methods.</summary>
    public static Value Element(Value value, Value key, RenderContext context)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Used();
        context.Meter.Compare(key);
        if (Entry(value, key) is { } entry)
            return entry;
        if (key is StringValue name)
            return Method(value, name.Text, context) ?? UndefinedValue.Attribute(value, name.Text);
        return UndefinedValue.Element(value, PythonText.Repr(key, context).Text);
    }

    private static Value? Method(Value value, string name, RenderContext context)
    {
        if (name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal))
            return UndefinedValue.Unsafe(value, name);
        return value switch
        {
            StringValue text => StringMethods.Find(text, name),
            DictValue when ChangeDict.Contains(name) => UndefinedValue.Unsafe(value, name),
            DictValue dictionary => DictMethods.Find(dictionary, name, context),
            ListValue { IsTuple: false } when ChangeList.Contains(name) => UndefinedValue.Unsafe(value, name),
            ListValue list => ListMethods.Find(list, name),
            NamespaceValue names => names.Attributes.TryGetValue(name, out var attribute) ? attribute : null,
            LoopValue loop => loop.Attribute(name),
            FunctionValue function => function.Attributes.GetValueOrDefault(name),
            _ => null,
        };
    }

    private static Value? Entry(Value value, Value key)
    {
        switch (value)
        {
            case DictValue dictionary:
                return key is not (ListValue { IsTuple: false } or DictValue) && dictionary.Entries.TryGetValue(key, out var found) ? found : null;
            case ListValue list when Position(key, list.Items.Count) is { } index:
                return list.Items[index];
            case RangeValue range when Position(key, (int)range.Count) is { } index:
                return range[index];
            case StringValue text when Numbers.Index(key) is not null:
                if (Position(key, TextIndex.Length(text.Text)) is not { } point)
                    return null;
                var unit = TextIndex.Unit(text.Text, point);
                return text.Slice(unit, unit + TextIndex.UnitsAt(text.Text, unit));
            case NamespaceValue names when key is StringValue name:
                return names.Attributes.TryGetValue(name.Text, out var attribute) ? attribute : null;
            default:
                return null;
        }
    }

    private static int? Position(Value key, int count)
    {
        if (Numbers.Index(key) is not { } index)
            return null;
        index = index < 0 ? index + count : index;
        return index >= 0 && index < count ? index : null;
    }
}
