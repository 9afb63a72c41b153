using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Finds data files.</summary>
internal static class DataFiles
{
    private static readonly string[] Rows = [".jsonl", ".json"];
    private static readonly string[] Unread = [".csv", ".tsv", ".parquet", ".gz", ".zst", ".xlsx", ".arrow"];

    /// <summary>The files of a folder (searched recursively, in ordinal order) or the one file.</summary>
    public static IReadOnlyList<string> Find(string path, ExampleKind kind, Action<string> notice)
    {
        if (File.Exists(path))
            return IsRead(path, kind) ? [path] : throw new MedicalGptException("The data file has a format that is not read.") { Place = path, Given = Path.GetExtension(path) is { Length: > 0 } end ? end : "no file name ending", Allowed = Allowed(kind) };
        if (!Directory.Exists(path))
            throw new MedicalGptException("The data does not exist.") { Place = path, Given = "neither a file nor a folder", Allowed = "a data file, or a folder of data files", Remedy = "correct the path (--train-file-dir, --validation-file-dir)" };
        var all = Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16 }).Order(StringComparer.Ordinal).ToList();
        var found = all.FindAll(f => IsRead(f, kind));
        foreach (var other in all.Where(f => Unread.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)))
            notice($"{other}: left out, this format is not read yet.");
        return found.Count > 0 ? found : throw new MedicalGptException("The folder has no data file.") { Place = path, Given = all.Count == 0 ? "an empty folder" : string.Join(", ", all.Take(5).Select(Path.GetFileName)), Allowed = Allowed(kind) };
    }

    /// <summary>Whether lines are documents.</summary>
    public static bool IsPlainText(string path) => Path.GetExtension(path).Equals(".txt", StringComparison.OrdinalIgnoreCase);

    private static bool IsRead(string path, ExampleKind kind) =>
        Rows.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) || (kind == ExampleKind.Text && IsPlainText(path));

    private static string Allowed(ExampleKind kind) => kind == ExampleKind.Text ? ".jsonl, .json, .txt" : ".jsonl, .json";
}
