using System.Runtime.CompilerServices;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>The rows of a dataset that is given by name instead of a path.</summary>
/// <param name="name">The name.</param>
/// <param name="open">Opens it, read in a certain way.</param>
/// <param name="request">Configuration and split.</param>
internal sealed class NamedRows(string name, Func<DataReadOptions, IDataset> open, DatasetRequest request)
{
    /// <summary>Refuses rows that are named twice or not at all.</summary>
    /// <param name="input">The path; "" = none.</param>
    /// <param name="dataset">The dataset's name; null = none.</param>
    /// <exception cref="MedicalGptException">They are.</exception>
    public static void Require(string input, string? dataset)
    {
        if (input.Length > 0 && dataset is not null)
            throw new MedicalGptException("The rows are named twice.") { Place = "--input and --dataset-name", Given = $"{input} and {dataset}", Allowed = "one of them" };
        if (input.Length == 0 && dataset is null)
            throw new MedicalGptException("No rows are named.") { Place = "--input", Allowed = "a file or a folder, or --dataset-name NAME with --dataset-config-name", Remedy = "add one of them" };
    }

    /// <summary>Its rows, as what they are.</summary>
    /// <param name="read">How it is read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="MedicalGptException">It has rows of no kind, or cannot be read.</exception>
    public async IAsyncEnumerable<Example> ReadAsync(DataReadOptions read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        FileDataset.CheckColumns(read);
        var look = await RowFiles.LookAsync(name, open, request, read, cancellation);
        await foreach (var row in ReadAsync(look.Kind ?? throw look.Error!, read with { RefuseOtherKinds = true }, cancellation))
            yield return row;
    }

    /// <summary>Its rows, read as one kind.</summary>
    /// <param name="kind">What they are to be.</param>
    /// <param name="read">How it is read.</param>
    /// <param name="cancellation">Stops.</param>
    public IAsyncEnumerable<Example> ReadAsync(ExampleKind kind, DataReadOptions read, CancellationToken cancellation) => open(read).ReadAsync(request with { Kind = kind }, cancellation);
}
