using System.Globalization;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>An adapter of a merge.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Weight">How much of it is added.</param>
internal sealed record MergedAdapter(string Folder, double Weight)
{
    /// <summary>Reads DIR or DIR=WEIGHT.</summary>
    /// <param name="text">As given.</param>
    /// <returns>The adapter.</returns>
    public static MergedAdapter Parse(string text)
    {
        var at = text.LastIndexOf('=');
        return at > 0 && !Directory.Exists(text) && double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && double.IsFinite(weight)
            ? new MergedAdapter(text[..at], weight)
            : new MergedAdapter(text, 1);
    }

    /// <summary>Refuses folders that are no adapters, weights that are no numbers, and an adapter that would be added twice.</summary>
    /// <param name="adapters">The adapters of one merge.</param>
    /// <exception cref="MedicalGptException">There is one.</exception>
    public static void Check(IReadOnlyList<MergedAdapter> adapters)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in adapters.Select(a => a.Folder))
        {
            if (!ModelFiles.IsAdapter(folder))
                throw NoAdapter(folder);
            if (!seen.Add(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))))
                throw new MedicalGptException("An adapter is named twice, so it would be added twice.") { Place = "--adapter", Given = folder, Allowed = "each adapter once", Remedy = "name it once, with the sum as its weight: DIR=WEIGHT" };
        }
    }

    private static MedicalGptException NoAdapter(string folder)
    {
        var at = folder.LastIndexOf('=');
        if (at > 0 && !Directory.Exists(folder) && Directory.Exists(folder[..at]))
            return new MedicalGptException("The adapter's weight is not a number.") { Place = "--adapter", Given = folder, Allowed = "DIR, or DIR=WEIGHT with a finite number such as 0.5" };
        return new MedicalGptException(Directory.Exists(folder) ? "The folder is neither an adapter nor a model." : "The adapter folder does not exist.") { Place = "--adapter", Given = folder, Allowed = $"a folder with {ModelFiles.AdapterConfig} and adapter_model.safetensors" };
    }

    /// <inheritdoc/>
    public override string ToString() => Weight == 1 ? Folder : string.Create(CultureInfo.InvariantCulture, $"{Folder} (times {Weight})");
}
