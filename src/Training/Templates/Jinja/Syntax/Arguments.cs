using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>Arguments as a call writes them.</summary>
/// <param name="Positional">By place.</param>
/// <param name="Named">By name.</param>
/// <param name="List">Of <c>*list</c>; null = none.</param>
/// <param name="Dictionary">Of <c>**dictionary</c>; null = none.</param>
internal sealed record Arguments(IReadOnlyList<Expression> Positional, IReadOnlyList<KeyValuePair<string, Expression>> Named, Expression? List, Expression? Dictionary)
{
    /// <summary>No arguments.</summary>
    public static Arguments None { get; } = new([], [], null, null);

    /// <summary>Their values.</summary>
    public CallArguments Evaluate(Frame frame)
    {
        if (Positional.Count == 0 && Named.Count == 0 && List is null && Dictionary is null)
            return CallArguments.None;
        var values = Positional.Select(e => e.Evaluate(frame)).ToList();
        if (List is not null)
            values.AddRange(Sequences.Items(List.Evaluate(frame), frame.Context));
        var named = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, expression) in Named)
            named[name] = expression.Evaluate(frame);
        if (Dictionary is not null)
            Spread(Dictionary.Evaluate(frame), named);
        return new CallArguments(values, named);
    }

    private static void Spread(Value value, Dictionary<string, Value> named)
    {
        if (value is not DictValue dictionary)
            throw JinjaException.Type("argument after ** must be a mapping");
        foreach (var (key, item) in dictionary.Entries)
            named[key is StringValue text ? text.Text : throw JinjaException.Type("keywords must be strings")] = item;
    }
}
