using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Finds out what kind of rows a file or dataset has.</summary>
internal static class RowFiles
{
    private static readonly ExampleKind[] Tried = [ExampleKind.Preference, ExampleKind.Unpaired, ExampleKind.Conversation, ExampleKind.Text, ExampleKind.Prompt];

    /// <summary>Looks at a file: of what kind its first rows are by their keys, and whether one can be used.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">How files are read.</param>
    /// <param name="cancellation">Stops.</param>
    public static Task<FileLook> LookAsync(string file, DataReadOptions read, CancellationToken cancellation) =>
        LookAsync(file, how => FileDataset.FromPath(file, options: how), new DatasetRequest(ExampleKind.Text, null, "train"), read, cancellation);

    /// <summary>The same for rows of any origin.</summary>
    /// <param name="name">The file or dataset.</param>
    /// <param name="open">Opens it, read in a certain way.</param>
    /// <param name="request">Configuration and split.</param>
    /// <param name="read">How it is read.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<FileLook> LookAsync(string name, Func<DataReadOptions, IDataset> open, DatasetRequest request, DataReadOptions read, CancellationToken cancellation)
    {
        var quiet = read with { Notice = _ => { }, Skipped = new SkippedRows() };
        if (open(quiet) is not IKindDataset rows)
            return await TryAsync(name, open(quiet), request, cancellation);
        KindLook look;
        try
        {
            look = await rows.KindAsync(request, cancellation);
        }
        catch (MedicalGptException error)
        {
            return new FileLook(null, error, FileFault.Unreadable);
        }

        // What has no known shape is best described by what a dialogue would need.
        var asked = request with { Kind = look.Kind ?? ExampleKind.Conversation };
        MedicalGptException? first = null;
        foreach (var policy in new[] { BadRowPolicy.Fail, BadRowPolicy.Skip })
        {
            try
            {
                if (await HasRowAsync(open(quiet with { OnBadRow = policy, Skipped = new SkippedRows() }), asked, cancellation))
                {
                    if (look.Mixture is { } mixture)
                        read.Notice(mixture);
                    return new FileLook(asked.Kind, null, FileFault.None);
                }
            }
            catch (MedicalGptException error)
            {
                // The first error is the one to mend.
                first ??= error;
            }
        }

        return first is null ? Nothing(name) : new FileLook(null, first, look.Rows == 0 ? FileFault.Unreadable : look.Kind is null ? FileFault.NoKnownShape : FileFault.Unusable);
    }

    // A plugin's dataset makes rows of the kinds that it has and refuses others.
    private static async Task<FileLook> TryAsync(string name, IDataset dataset, DatasetRequest request, CancellationToken cancellation)
    {
        MedicalGptException? shown = null;
        foreach (var kind in Tried)
        {
            try
            {
                if (await HasRowAsync(dataset, request with { Kind = kind }, cancellation))
                    return new FileLook(kind, null, FileFault.None);
            }
            catch (MedicalGptException error)
            {
                shown = kind == ExampleKind.Conversation || shown is null ? error : shown;
            }
        }

        return shown is null ? Nothing(name) : new FileLook(null, shown, FileFault.Unreadable);
    }

    private static async Task<bool> HasRowAsync(IDataset dataset, DatasetRequest request, CancellationToken cancellation)
    {
        await using var rows = dataset.ReadAsync(request, cancellation).GetAsyncEnumerator(cancellation);
        return await rows.MoveNextAsync();
    }

    private static FileLook Nothing(string name) => new(null, new MedicalGptException("The file has no rows.") { Place = name, Remedy = "leave the file out" }, FileFault.Empty);
}
