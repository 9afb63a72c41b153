using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Finds out what kind of rows a file has from its first one.</summary>
internal static class RowFiles
{
    private static readonly ExampleKind[] Tried = [ExampleKind.Preference, ExampleKind.Unpaired, ExampleKind.Conversation, ExampleKind.Text, ExampleKind.Prompt];

    /// <summary>The kind of a file's rows: the first of pairs, unpaired answers, dialogues, texts and prompts that its first row can be read as, or (where that one is bad) any row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">How files are read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="MedicalGptException">It can be read as none; the error of reading dialogues, or that of reading the file.</exception>
    public static async Task<ExampleKind> KindOfAsync(string file, DataReadOptions read, CancellationToken cancellation)
    {
        var look = await LookAsync(file, read, cancellation);
        return look.Kind ?? throw look.Error!;
    }

    /// <summary>Looks at a file as <see cref="KindOfAsync"/> does, and says what is wrong with it instead of failing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">How files are read.</param>
    /// <param name="cancellation">Stops.</param>
    public static Task<FileLook> LookAsync(string file, DataReadOptions read, CancellationToken cancellation) =>
        LookAsync(file, (kind, options) => FileDataset.FromPath(file, options: options).ReadAsync(new DatasetRequest(kind, null, "train"), cancellation), read, cancellation);

    /// <summary>The same for rows of any origin.</summary>
    /// <param name="name">The file or dataset.</param>
    /// <param name="open">Reads it as rows of a kind.</param>
    /// <param name="read">How it is read.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<FileLook> LookAsync(string name, Func<ExampleKind, DataReadOptions, IAsyncEnumerable<Example>> open, DataReadOptions read, CancellationToken cancellation)
    {
        var quiet = read with { Notice = _ => { }, Skipped = new SkippedRows() };
        ExampleKind[] kinds = DataFiles.IsPlainText(name) ? [ExampleKind.Text] : Tried;
        MedicalGptException? shown = null;
        var messages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in new[] { BadRowPolicy.Fail, BadRowPolicy.Skip })
        {
            foreach (var kind in kinds)
            {
                try
                {
                    await foreach (var row in open(kind, quiet with { OnBadRow = policy }).WithCancellation(cancellation))
                        return row is null ? throw new InvalidOperationException() : new FileLook(kind, null, FileFault.None);
                }
                catch (MedicalGptException error) when (policy == BadRowPolicy.Fail)
                {
                    messages.Add(error.Message);
                    shown = kind == ExampleKind.Conversation || shown is null ? error : shown;
                }
                catch (MedicalGptException) when (shown is not null)
                {
                    // The first error is the one to mend.
                }
            }
        }

        // What cannot be read at all says the same for each kind; what has no known shape says which columns each kind would take.
        return shown is null
            ? new FileLook(null, new MedicalGptException("The file has no rows.") { Place = name, Remedy = "leave the file out" }, FileFault.Empty)
            : new FileLook(null, shown, messages.Count == 1 ? FileFault.Unreadable : shown.Message.StartsWith("The row is no ", StringComparison.Ordinal) ? FileFault.NoKnownShape : FileFault.Unusable);
    }
}
