namespace MedicalGpt.Training.Templates.Jinja;

/// <summary>What one rendering may take. A template comes from outside, so it is trusted with nothing.</summary>
public sealed record JinjaLimits
{
    /// <summary>Most steps (evaluated nodes, loop rounds and 64 characters looked through count one each).</summary>
    public long Steps { get; init; } = 2_000_000;

    /// <summary>Most characters of all strings made on the way, the result included; an item of a list counts 16.</summary>
    public long Characters { get; init; } = 48L << 20;

    /// <summary>Most calls of macros and recursive loops within each other.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>Most characters of a template's text.</summary>
    public int TemplateCharacters { get; init; } = 1 << 20;

    /// <summary>Most levels of brackets and operators in an expression, and of blocks within each other.</summary>
    public int Nesting { get; init; } = 200;
}
