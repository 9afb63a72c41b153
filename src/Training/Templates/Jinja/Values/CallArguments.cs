namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>Arguments of a call.</summary>
/// <param name="Positional">By place.</param>
/// <param name="Named">By name.</param>
internal sealed record CallArguments(IReadOnlyList<Value> Positional, IReadOnlyDictionary<string, Value> Named)
{
    /// <summary>No arguments.</summary>
    public static CallArguments None { get; } = new([], new Dictionary<string, Value>());

    /// <summary>Arguments by place.</summary>
    public static CallArguments Of(params Value[] values) => new(values, None.Named);

    /// <summary>Arguments in the order of a function's parameters; null where one is not given.</summary>
    /// <exception cref="JinjaException">There are too many, or one has no parameter.</exception>
    public Value?[] Bind(string function, int required, params ReadOnlySpan<string> parameters)
    {
        if (Positional.Count > parameters.Length)
            throw JinjaException.Type($"{function}() takes {parameters.Length} positional arguments but {Positional.Count} were given");
        var bound = new Value?[parameters.Length];
        for (var i = 0; i < Positional.Count; i++)
            bound[i] = Positional[i];
        foreach (var (name, value) in Named)
        {
            var at = parameters.IndexOf(name);
            if (at < 0)
                throw JinjaException.Type($"{function}() got an unexpected keyword argument '{name}'");
            if (bound[at] is not null)
                throw JinjaException.Type($"{function}() got multiple values for argument '{name}'");
            bound[at] = value;
        }

        for (var i = 0; i < required; i++)
            if (bound[i] is null)
                throw JinjaException.Type($"{function}() missing 1 required positional argument: '{parameters[i]}'");
        return bound;
    }
}
