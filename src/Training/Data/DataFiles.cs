using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Finds data files and says which format they have.</summary>
internal static class DataFiles
{
    private static readonly string[] Rows = ["jsonl", "json"];
    private static readonly string[] NeedsPlugin = ["parquet", "arrow", "feather", "orc", "avro", "xlsx"];
    private static readonly string[] Unread = [.. NeedsPlugin, "csv", "tsv", "gz", "zst"];

    /// <summary>The files of a folder (searched recursively, in ordinal order) or the one file.</summary>
    public static IReadOnlyList<string> Find(string path, ExampleKind kind, DataReadOptions options)
    {
        if (File.Exists(path))
            return IsRead(path, kind, options) ? [path] : throw NotRead(path, kind, options);
        if (!Directory.Exists(path))
            throw new MedicalGptException("The data does not exist.") { Place = path, Given = "neither a file nor a folder", Allowed = "a data file, or a folder of data files", Remedy = "correct the path (--train-file-dir, --validation-file-dir)" };
        var all = Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16 }).Order(StringComparer.Ordinal).ToList();
        var found = all.FindAll(f => IsRead(f, kind, options));
        foreach (var other in all.Where(f => Unread.Contains(Ending(f)) && !IsRead(f, kind, options)))
            options.Notice($"{other}: left out, no plugin that reads .{Ending(other)} is installed.");
        return found.Count > 0 ? found : throw new MedicalGptException("The folder has no data file.") { Place = path, Given = all.Count == 0 ? "an empty folder" : string.Join(", ", all.Take(5).Select(Path.GetFileName)), Allowed = Allowed(kind, options) };
    }

    /// <summary>The ending of a file name without its dot, in lower case; "" = none.</summary>
    public static string Ending(string path) => Path.GetExtension(path).TrimStart('.').ToLowerInvariant();

    /// <summary>Whether lines are documents.</summary>
    public static bool IsPlainText(string path) => Ending(path) == "txt";

    private static bool IsRead(string path, ExampleKind kind, DataReadOptions options) =>
        Rows.Contains(Ending(path)) || options.Formats.Endings.Contains(Ending(path)) || (kind == ExampleKind.Text && IsPlainText(path));

    private static MedicalGptException NotRead(string path, ExampleKind kind, DataReadOptions options) => new("The data file has a format that is not read.")
    {
        Place = path,
        Given = Ending(path) is { Length: > 0 } ending ? "." + ending : "no file name ending",
        Allowed = Allowed(kind, options),
        Remedy = NeedsPlugin.Contains(Ending(path)) ? $"install a plugin that gives the format '{Ending(path)}' (medgpt plugins lists what is installed), or convert the file" : null,
    };

    private static string Allowed(ExampleKind kind, DataReadOptions options) =>
        string.Join(", ", Rows.Concat(kind == ExampleKind.Text ? ["txt"] : []).Concat(options.Formats.Endings).Distinct().Select(ending => "." + ending));
}
