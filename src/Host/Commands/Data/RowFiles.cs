using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Takes a path apart into files, and finds out what kind of rows each has from its first one.</summary>
internal static class RowFiles
{
    private static readonly ExampleKind[] Tried = [ExampleKind.Preference, ExampleKind.Unpaired, ExampleKind.Conversation, ExampleKind.Text, ExampleKind.Prompt];

    /// <summary>The data files of a folder, searched recursively in ordinal order, or the one file.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <exception cref="MedicalGptException">There is none.</exception>
    public static IReadOnlyList<string> Of(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new MedicalGptException("The data does not exist.") { Place = path, Given = "neither a file nor a folder", Remedy = "correct the path" };
        var files = Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16 })
            .Where(file => RowSource.FileEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new MedicalGptException("The folder has no data file.") { Place = path, Allowed = string.Join(", ", RowSource.FileEndings) };
    }

    /// <summary>The kind of a file's rows: the first of pairs, unpaired answers, dialogues, texts and prompts that its first row can be read as, or (where that one is bad) any row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">How files are read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="MedicalGptException">It can be read as none; the error of reading dialogues.</exception>
    public static async Task<ExampleKind> KindOfAsync(string file, DataReadOptions read, CancellationToken cancellation)
    {
        var quiet = read with { Notice = _ => { }, Skipped = new SkippedRows() };
        MedicalGptException? shown = null;
        foreach (var policy in new[] { BadRowPolicy.Fail, BadRowPolicy.Skip })
        {
            foreach (var kind in Tried)
            {
                try
                {
                    await foreach (var row in FileDataset.FromPath(file, options: quiet with { OnBadRow = policy }).ReadAsync(new DatasetRequest(kind, null, "train"), cancellation))
                        return row is null ? throw new InvalidOperationException() : kind;
                }
                catch (MedicalGptException error)
                {
                    shown = kind == ExampleKind.Conversation || shown is null ? error : shown;
                }
            }
        }

        throw shown ?? new MedicalGptException("The file has no rows.") { Place = file };
    }
}
