namespace MedicalGpt.Training.Templates;

/// <summary>Which chat template is used, and with what.</summary>
public sealed record ChatTemplateOptions
{
    /// <summary>Name of a template that replaces the tokenizer's own, or path of a .jinja file; null = its own.</summary>
    public string? Name { get; init; }

    /// <summary>How a named template writes tools; null = as is usual for it.</summary>
    public string? ToolFormat { get; init; }

    /// <summary>Variables for the template, for example <c>enable_thinking</c>; values are read as JSON where they are JSON, else as text.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();
}
