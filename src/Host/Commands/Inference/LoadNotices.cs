using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Modeling;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>What a person should know about a model that is loaded with what stands in its folder and its adapter's.</summary>
internal static class LoadNotices
{
    private const string CacheMark = "models--";

    /// <summary>The notices.</summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="adapter">The adapter's folder; null = none.</param>
    /// <returns>Lines.</returns>
    public static IEnumerable<string> Of(string model, string? adapter)
    {
        if (Directory.Exists(model) && File.Exists(Path.Combine(model, "model.safetensors")) && ModelFiles.Unloaded(model) is { Count: > 0 } others)
            yield return $"{model}: model.safetensors is loaded, as transformers does; {string.Join(", ", others.Take(3)) + (others.Count > 3 ? $" and {others.Count - 3} more" : "")} {(others.Count > 1 ? "are" : "is")} not.";
        if (adapter is not null && AdapterFolder.Is(adapter) && AdapterFolder.Read(adapter).BaseModel is { } named && !IsSame(named, model))
            yield return $"{adapter}: the adapter was trained on {named} (base_model_name_or_path in {ModelFiles.AdapterConfig}) and is used on {model}. If that is another model, answers are of little worth; if it is the same in another place, all is well.";
    }

    // A moved folder keeps its name; a pulled model stands in the cache under owner and name.
    private static bool IsSame(string named, string model)
    {
        var (there, given) = (Full(ModelNames.Folder(named)), Full(model));
        if (there == given)
            return true;
        if (Directory.Exists(there))
            return false;
        return Name(there) == Name(given) || given.Contains($"/{CacheMark}{named.Replace("/", "--", StringComparison.Ordinal)}/", StringComparison.OrdinalIgnoreCase);
    }

    private static string Name(string folder) => Path.GetFileName(folder).ToUpperInvariant();

    private static string Full(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Directory.Exists(full) && new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Path.TrimEndingDirectorySeparator(target.FullName) : full;
    }
}
