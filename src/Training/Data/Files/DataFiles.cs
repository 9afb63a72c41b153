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
            return IsRead(DataFile.Of(path), kind, options) ? [DataFile.Of(path)] : throw NotRead([path], kind, options);
        if (!Directory.Exists(path))
            throw new MedicalGptException("The data does not exist.") { Place = path, Given = "neither a file nor a folder", Allowed = "a data file, or a folder of data files", Remedy = "correct the path (--train-file-dir, --validation-file-dir)" };
        var walk = FolderWalk.Of(path);
        var all = walk.Files.Select(DataFile.Of).ToLookup(file => IsRead(file, kind, options));
        var leftOut = all[false].Where(file => !NeedsPlugin.Contains(file.Format)).Select(file => Path.GetRelativePath(path, file.Path) + (file.IsPlainText ? " (plain text is for pretraining)" : "")).Concat(walk.PassedOver).ToList();
        string[] unread = [.. all[false].Where(file => NeedsPlugin.Contains(file.Format)).Select(file => file.Path)];
        if (!all[true].Any())
            throw unread.Length > 0 ? NotRead(unread, kind, options) : new MedicalGptException("The folder has no data file.") { Place = path, Given = leftOut.Count == 0 && !all[false].Any() ? "an empty folder" : string.Join(", ", all[false].Select(file => Path.GetFileName(file.Path)).Concat(walk.PassedOver).Take(Named)), Allowed = Allowed(kind, options) };
        TellUnread(path, unread, kind, options);
        if (leftOut.Count > 0)
            options.Notice($"{path}: left out {leftOut.Count}: {Some(leftOut)}.");
        return [.. all[true]];
    }

    /// <summary>The data files below a folder that only a plugin could read which is not installed.</summary>
    internal static IReadOnlyList<string> Unread(string folder, ExampleKind? kind, DataReadOptions options) =>
        [.. FolderWalk.Of(folder).Files.Where(path => DataFile.Of(path) is var file && NeedsPlugin.Contains(file.Format) && !IsRead(file, kind, options))];

    /// <summary>Tells which of the files that are left out a plugin could read that is not installed.</summary>
    internal static void TellUnread(string folder, IEnumerable<string> leftOut, ExampleKind? kind, DataReadOptions options)
    {
        var unread = leftOut.Where(file => NeedsPlugin.Contains(DataFileName.Of(file).Format)).ToList();
        if (unread.Count > 0)
            options.Notice($"{folder}: left out {unread.Count}: {Some([.. unread.Select(file => Path.GetRelativePath(folder, file))])}; no plugin that reads {Endings(unread)} is installed. Read are {Allowed(kind, options)}.");
    }

    /// <summary>The error that files are there, but nothing reads them.</summary>
    internal static MedicalGptException NotRead(IReadOnlyList<string> paths, ExampleKind? kind, DataReadOptions options)
    {
        var missing = paths.Select(path => DataFileName.Of(path).Format).Where(NeedsPlugin.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new MedicalGptException(paths.Count == 1 ? "The data file has a format that is not read." : "The data files have formats that are not read.")
        {
            Place = paths[0],
            Given = paths.Count == 1 ? Endings(paths) : $"{Endings(paths)} ({paths.Count} files)",
            Allowed = Allowed(kind, options),
            Remedy = missing.Count > 0 ? $"install a plugin that gives the format {string.Join(" or ", missing.Select(format => $"'{format}'"))} (medgpt plugins lists what is installed), or convert the {(paths.Count == 1 ? "file" : "files")}" : null,
        };
    }

    /// <summary>Whether a file has rows of a kind; null = of any.</summary>
    internal static bool IsRead(DataFile file, ExampleKind? kind, DataReadOptions options) =>
        Rows.Contains(file.Format) || file.Format == "ndjson" || (kind is null or ExampleKind.Text && file.IsPlainText) || options.Formats.Endings.Contains(file.Format);

    /// <summary>The first of some names, and how many more there are.</summary>
    internal static string Some(List<string> names) => $"{string.Join(", ", names.Take(Named))}{(names.Count > Named ? $" and {names.Count - Named} more" : "")}";

    private static string Endings(IEnumerable<string> paths) =>
        string.Join(", ", paths.Select(path => DataFileName.Of(path).Format).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(format => format.Length > 0 ? "." + format : "no file name ending"));

    private static string Allowed(ExampleKind? kind, DataReadOptions options) =>
        string.Join(", ", Rows.Concat(kind is null or ExampleKind.Text ? ["txt"] : []).Select(ending => "." + ending).Concat(options.Formats.Endings.Select(ending => $".{ending} by the plugin {options.Formats.Plugin(ending)}"))) + " (each also .gz or .zst)";
}
