namespace MedicalGpt.Options;

/// <summary>One value as a layer gives it, before it is read as a type.</summary>
public sealed record OptionSetting
{
    /// <summary>A setting with its texts.</summary>
    /// <param name="name">The name as given: <c>--lambda_orpo</c>, <c>beta</c>, <c>columns.question</c>.</param>
    /// <param name="source">Where it comes from: <c>command line</c>, <c>recipe quickstart.yaml:12</c>.</param>
    /// <param name="items">One text for a single value; a list's items, each as one text.</param>
    public OptionSetting(string name, string source, params IReadOnlyList<string> items)
    {
        Name = name;
        Source = source;
        Items = items;
    }

    /// <summary>The name as given.</summary>
    public string Name { get; }

    /// <summary>Where it comes from.</summary>
    public string Source { get; }

    /// <summary>One text for a single value; a list's items, each as one text.</summary>
    public IReadOnlyList<string> Items { get; }

    /// <summary>True where the items are a list as given (a YAML sequence): a single item is then not split at its commas.</summary>
    public bool IsList { get; init; }

    /// <summary>The texts as one, joined by commas.</summary>
    public string Text => string.Join(",", Items);
}
