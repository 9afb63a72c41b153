using MedicalGpt.Options;

namespace MedicalGpt.Host.Recipes;

/// <summary>A stage with every <c>${…}</c> replaced.</summary>
/// <param name="Stage">The stage as written.</param>
/// <param name="Layer">Its options.</param>
/// <param name="Output">The folder or file it writes; null when it writes none.</param>
/// <param name="Needs">Names of the earlier stages whose output it reads.</param>
internal sealed record ExpandedStage(RecipeStage Stage, OptionLayer Layer, string? Output, IReadOnlyList<string> Needs);
