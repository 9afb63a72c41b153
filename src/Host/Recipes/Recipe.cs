namespace MedicalGpt.Host.Recipes;

/// <summary>A pipeline as a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Inputs">Flags it adds to <c>medgpt run</c>.</param>
/// <param name="Stages">Steps in order.</param>
internal sealed record Recipe(string Path, string Name, string Summary, IReadOnlyList<RecipeInput> Inputs, IReadOnlyList<RecipeStage> Stages);
