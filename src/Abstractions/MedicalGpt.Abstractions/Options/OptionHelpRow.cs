namespace MedicalGpt.Options;

/// <summary>One line of help.</summary>
public sealed record OptionHelpRow
{
    /// <summary>The flag: <c>--learning-rate</c>.</summary>
    public required string Flag { get; init; }

    /// <summary>Other names, as flags.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Type as a word: <c>number</c>, <c>bool</c>, <c>a|b|c</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Default as text; <c>required</c> where a value must be given, empty where there is none.</summary>
    public required string Default { get; init; }

    /// <summary>Unit; empty where there is none.</summary>
    public required string Unit { get; init; }

    /// <summary>Range such as <c>&gt;= 0 and &lt;= 1</c>; empty where there is none.</summary>
    public required string Range { get; init; }

    /// <summary>What the option does.</summary>
    public required string Description { get; init; }
}
