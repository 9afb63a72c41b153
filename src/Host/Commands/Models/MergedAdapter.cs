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

    /// <inheritdoc/>
    public override string ToString() => Weight == 1 ? Folder : string.Create(CultureInfo.InvariantCulture, $"{Folder} (times {Weight})");
}
