namespace MedicalGpt.Training.Data;

/// <summary>What a data file's name says: its format and whether it is compressed.</summary>
/// <param name="Format">Ending without dot in lower case, before that of the compression; "" = none.</param>
/// <param name="Compression"><c>gz</c> or <c>zst</c>; null = not compressed.</param>
internal readonly record struct DataFileName(string Format, string? Compression)
{
    /// <summary>Reads a name.</summary>
    public static DataFileName Of(string path)
    {
        var ending = Ending(path);
        return ending is "gz" or "zst" ? new DataFileName(Ending(path[..^(ending.Length + 1)]), ending) : new DataFileName(ending, null);
    }

    private static string Ending(string path) => Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
}
