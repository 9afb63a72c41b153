using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Finds data files and says which of them are read.</summary>
internal static class DataFiles
{
    private static readonly string[] Rows = ["jsonl", "json", "csv", "tsv"];
    private static readonly string[] NeedsPlugin = ["parquet", "arrow", "feather", "orc", "avro", "xlsx"];

    /// <summary>The files of a folder (searched recursively, in ordinal order) or the one file.</summary>
    public static IReadOnlyList<DataFile> Find(string path, ExampleKind kind, DataReadOptions options)
    {
        if (File.Exists(path))
            return IsRead(DataFile.Of(path), kind, options) ? [DataFile.Of(path)] : throw NotRead(path, kind, options);
        if (!Directory.Exists(path))
            throw new MedicalGptException("The data does not exist.") { Place = path, Given = "neither a file nor a folder", Allowed = "a data file, or a folder of data files", Remedy = "correct the path (--train-file-dir, --validation-file-dir)" };
        var all = Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16 }).Order(StringComparer.Ordinal).Select(DataFile.Of).ToList();
        var found = all.FindAll(file => IsRead(file, kind, options));
        foreach (var other in all.Where(file => NeedsPlugin.Contains(file.Format) && !IsRead(file, kind, options)))
            options.Notice($"{other.Path}: left out, no plugin that reads .{other.Format} is installed.");
        return found.Count > 0 ? found : throw new MedicalGptException("The folder has no data file.") { Place = path, Given = all.Count == 0 ? "an empty folder" : string.Join(", ", all.Take(5).Select(file => Path.GetFileName(file.Path))), Allowed = Allowed(kind, options) };
    }

    /// <summary>Whether a file has rows of a kind.</summary>
    public static bool IsRead(DataFile file, ExampleKind kind, DataReadOptions options) =>
        Rows.Contains(file.Format) || file.Format == "ndjson" || (kind == ExampleKind.Text && file.IsPlainText) || options.Formats.Endings.Contains(file.Format);

    private static MedicalGptException NotRead(string path, ExampleKind kind, DataReadOptions options)
    {
        var format = DataFileName.Of(path).Format;
        return new MedicalGptException("The data file has a format that is not read.")
        {
            Place = path,
            Given = format.Length > 0 ? "." + format : "no file name ending",
            Allowed = Allowed(kind, options),
            Remedy = NeedsPlugin.Contains(format) ? $"install a plugin that gives the format '{format}' (medgpt plugins lists what is installed), or convert the file" : null,
        };
    }

    private static string Allowed(ExampleKind kind, DataReadOptions options) =>
        string.Join(", ", Rows.Concat(kind == ExampleKind.Text ? ["txt"] : []).Concat(options.Formats.Endings).Distinct().Select(ending => "." + ending)) + " (each also .gz or .zst)";
}
