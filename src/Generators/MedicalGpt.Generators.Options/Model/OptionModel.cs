namespace MedicalGpt.Generators.Options.Model;

/// <summary>One option property: plain values only.</summary>
internal sealed record OptionModel
{
    public string Property { get; init; } = "";

    public string Key { get; init; } = "";

    public ValueKind Kind { get; init; }

    public bool Nullable { get; init; }

    public string Summary { get; init; } = "";

    public string? Default { get; init; }

    public EquatableArray<string> DefaultItems { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    public bool MinExclusive { get; init; }

    public bool MaxExclusive { get; init; }

    public bool AllowInfinity { get; init; }

    public string? Unit { get; init; }

    public EquatableArray<string> Aliases { get; init; }

    public EquatableArray<string> AllowedValues { get; init; }

    /// <summary>Name of the PathKind member; null where the option is no such path.</summary>
    public string? MustExist { get; init; }

    public bool Required { get; init; }

    public bool Secret { get; init; }

    public bool Hidden { get; init; }

    /// <summary>Fully qualified enum type of a choice.</summary>
    public string? EnumType { get; init; }

    /// <summary>Members of a choice.</summary>
    public EquatableArray<ChoiceModel> Choices { get; init; }
}
