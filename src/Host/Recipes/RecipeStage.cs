using MedicalGpt.Options;

namespace MedicalGpt.Host.Recipes;

/// <summary>One step of a recipe.</summary>
/// <param name="Name">Its name, unique in the recipe.</param>
/// <param name="Command">The command it runs, for example <c>train dpo</c>.</param>
/// <param name="Settings">Its options; texts may hold <c>${input}</c> and <c>${stage}</c> (that stage's output folder).</param>
/// <param name="Line">Line in the recipe file.</param>
internal sealed record RecipeStage(string Name, string Command, IReadOnlyList<OptionSetting> Settings, int Line)
{
    /// <summary>What it teaches, for the table at the end; null = the stage is left out of the table.</summary>
    public string? Learns { get; init; }

    /// <summary>The metric shown before and after; null = none.</summary>
    public string? Metric { get; init; }

    /// <summary>Seconds it may take on two quiet cores, for the progress estimate; null = unknown.</summary>
    public double? Seconds { get; init; }
}
