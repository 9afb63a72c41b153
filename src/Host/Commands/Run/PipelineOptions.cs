using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Run;

/// <summary>How <c>medgpt run</c> runs a recipe.</summary>
[Options("pipeline")]
public sealed partial record PipelineOptions
{
    /// <summary>Run this stage and everything behind it again, although they are finished.</summary>
    public string? From { get; init; }

    /// <summary>Check the recipe, print what would run, and stop.</summary>
    public bool Check { get; init; }
}
