namespace MedicalGpt.Options;

/// <summary>One options record as a table.</summary>
public sealed record OptionsDescriptor
{
    /// <summary>Name of the component, such as <c>dpo</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Full name of the record's type.</summary>
    public required string TypeName { get; init; }

    /// <summary>What the record configures, from its summary.</summary>
    public required string Summary { get; init; }

    /// <summary>The options, in the record's order.</summary>
    public required IReadOnlyList<OptionDescriptor> Options { get; init; }

    /// <summary>Defaults that this record sets for keys of records beside it.</summary>
    public IReadOnlyList<StageDefault> StageDefaults { get; init; } = [];

    /// <summary>Values that presets give.</summary>
    public IReadOnlyList<PresetValue> Presets { get; init; } = [];

    /// <summary>Names that are accepted, explained and ignored.</summary>
    public IReadOnlyList<AcceptedOption> AcceptedWithoutEffect { get; init; } = [];

    /// <summary>The option with this key.</summary>
    /// <param name="key">A key of this record, in snake_case.</param>
    /// <exception cref="KeyNotFoundException">The record has no such key.</exception>
    public OptionDescriptor this[string key] =>
        Options.FirstOrDefault(option => option.Key == key)
        ?? throw new KeyNotFoundException($"Options record '{Name}' has no key '{key}'.");
}
