using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Finds data files and says which of them are read: the one answer for training and for the commands that look at data.</summary>
public static class DataFiles
{
    private const int Named = 5;
    private static readonly string[] Rows = ["jsonl", "json", "csv", "tsv"];
    private static readonly string[] NeedsPlugin = ["parquet", "arrow", "feather", "orc", "avro", "xlsx"];

    /// <summary>The files that are read: those of a folder (searched recursively, in ordinal order), or the one file. What is left out is told in a notice.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <param name="kind">What its rows are to be; null = what each file's rows are.</param>
    /// <param name="options">Formats and notices.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="MedicalGptException">There is none; a folder cannot be read.</exception>
    public static IReadOnlyList<string> Paths(string path, ExampleKind? kind, DataReadOptions options) => [.. Find(path, kind, options).Select(file => file.Path)];

    /// <summary>Whether a file holds plain text, which only <see cref="ExampleKind.Text"/> is read from.</summary>
    /// <param name="path">The file.</param>
    public static bool IsPlainText(string path) => DataFile.Of(path).IsPlainText;

    /// <summary>Whether a word ends like the name of a data file, whether or not there is a reader for it.</summary>
    /// <param name="word">A word.</param>
    public static bool IsName(string word) => DataFileName.Of(word) is var name && (name.Compression is not null || Rows.Contains(name.Format) || name.Format is "ndjson" or "txt" || NeedsPlugin.Contains(name.Format));

    /// <summary>The files with their formats, found as <see cref="Paths"/> finds them.</summary>
    internal static IReadOnlyList<DataFile> Find(string path, ExampleKind? kind, DataReadOptions options)
    {
        if (File.Exists(path))
            return IsRead(DataFile.Of(path), kind, options) ? [DataFile.Of(path)] : throw NotRead(path, kind, options);
        if (!Directory.Exists(path))
            throw new MedicalGptException("The data does not exist.") { Place = path, Given = "neither a file nor a folder", Allowed = "a data file, or a folder of data files", Remedy = "correct the path (--train-file-dir, --validation-file-dir)" };
        var walk = FolderWalk.Of(path);
        var all = walk.Files.Select(DataFile.Of).ToLookup(file => IsRead(file, kind, options));
        foreach (var other in all[false].Where(file => NeedsPlugin.Contains(file.Format)))
            options.Notice($"{other.Path}: left out, no plugin that reads .{other.Format} is installed.");
        var leftOut = all[false].Where(file => !NeedsPlugin.Contains(file.Format)).Select(file => Path.GetRelativePath(path, file.Path) + (file.IsPlainText ? " (plain text is for pretraining)" : "")).Concat(walk.PassedOver).ToList();
        if (leftOut.Count > 0)
            options.Notice($"{path}: left out {leftOut.Count}: {string.Join(", ", leftOut.Take(Named))}{(leftOut.Count > Named ? $" and {leftOut.Count - Named} more" : "")}.");
        return all[true].Any() ? [.. all[true]] : throw new MedicalGptException("The folder has no data file.") { Place = path, Given = leftOut.Count == 0 && !all[false].Any() ? "an empty folder" : string.Join(", ", all[false].Select(file => Path.GetFileName(file.Path)).Concat(walk.PassedOver).Take(Named)), Allowed = Allowed(kind, options) };
    }

    /// <summary>Whether a file has rows of a kind; null = of any.</summary>
    internal static bool IsRead(DataFile file, ExampleKind? kind, DataReadOptions options) =>
        Rows.Contains(file.Format) || file.Format == "ndjson" || (kind is null or ExampleKind.Text && file.IsPlainText) || options.Formats.Endings.Contains(file.Format);

    private static MedicalGptException NotRead(string path, ExampleKind? kind, DataReadOptions options)
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

    private static string Allowed(ExampleKind? kind, DataReadOptions options) =>
        string.Join(", ", Rows.Concat(kind is null or ExampleKind.Text ? ["txt"] : []).Concat(options.Formats.Endings).Distinct().Select(ending => "." + ending)) + " (each also .gz or .zst)";
}
