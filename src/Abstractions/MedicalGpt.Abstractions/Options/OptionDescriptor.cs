namespace MedicalGpt.Options;

/// <summary>One option: what help, validation, recipes and schema know about it.</summary>
public sealed record OptionDescriptor
{
    /// <summary>Key in snake_case.</summary>
    public required string Key { get; init; }

    /// <summary>Type of the value.</summary>
    public required OptionType Type { get; init; }

    /// <summary>Help text, from the property's summary.</summary>
    public required string Summary { get; init; }

    /// <summary>Default as text; null where there is none.</summary>
    public string? Default { get; init; }

    /// <summary>True where <c>none</c> may be given.</summary>
    public bool Nullable { get; init; }

    /// <summary>True where some layer must give a value.</summary>
    public bool Required { get; init; }

    /// <summary>Lowest allowed value; null for none.</summary>
    public double? Min { get; init; }

    /// <summary>Highest allowed value; null for none.</summary>
    public double? Max { get; init; }

    /// <summary>True where <see cref="Min"/> itself is not allowed.</summary>
    public bool MinExclusive { get; init; }

    /// <summary>True where <see cref="Max"/> itself is not allowed.</summary>
    public bool MaxExclusive { get; init; }

    /// <summary>True where <c>inf</c> may be given.</summary>
    public bool AllowInfinity { get; init; }

    /// <summary>Unit of the value.</summary>
    public string? Unit { get; init; }

    /// <summary>Other names, in snake_case.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The only allowed texts; empty where any text may be given.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>What must exist at the path; null where the value is not such a path.</summary>
    public PathKind? MustExist { get; init; }

    /// <summary>True where the value must never be shown.</summary>
    public bool Secret { get; init; }

    /// <summary>True where help leaves the option out.</summary>
    public bool Hidden { get; init; }

    /// <summary>The flag in kebab-case: <c>--learning-rate</c>.</summary>
    public string Flag => OptionNames.Flag(Key);

    /// <summary>True for the list types.</summary>
    public bool IsList => Type is OptionType.TextList or OptionType.NumberList or OptionType.IntegerList;
}
