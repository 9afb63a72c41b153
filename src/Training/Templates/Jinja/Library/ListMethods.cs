using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Methods of lists and tuples that change nothing.</summary>
internal static class ListMethods
{
    /// <summary>A method; null = there is none.</summary>
    public static Value? Find(ListValue list, string name) => name switch
    {
        "count" => new FunctionValue(name, (a, c) => Count(list, a.Bind(name, 1, "value")[0]!, c), "method"),
        "index" => new FunctionValue(name, (a, c) => Index(list, a.Bind(name, 1, "value")[0]!, c), "method"),
        "copy" when !list.IsTuple => new FunctionValue(name, (_, _) => list, "method"),
        _ => null,
    };

    private static IntValue Count(ListValue list, Value value, RenderContext context)
    {
        return new IntValue(new BigInteger(list.Items.Count(item =>
        {
            context.Meter.Compare(item, value);
            return ValueEquality.Same(item, value);
        })));
    }

    private static IntValue Index(ListValue list, Value value, RenderContext context)
    {
        for (var i = 0; i < list.Items.Count; i++)
        {
            context.Meter.Compare(list.Items[i], value);
            if (ValueEquality.Same(list.Items[i], value))
                return new IntValue(new BigInteger(i));
        }

        throw JinjaException.Value($"{PythonText.Repr(value, context).Text} is not in list");
    }
}
