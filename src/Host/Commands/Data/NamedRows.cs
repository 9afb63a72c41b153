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
    /// <param name="configuration">The dataset's configuration; null = none.</param>
    /// <param name="split">The dataset's split.</param>
    /// <exception cref="MedicalGptException">They are, or a path has a configuration or a split.</exception>
    public static void Require(string input, string? dataset, string? configuration, string split)
    {
        if (input.Length > 0 && dataset is not null)
            throw new MedicalGptException("The rows are named twice.") { Place = "--input and --dataset-name", Given = $"{input} and {dataset}", Allowed = "one of them" };
        if (input.Length == 0 && dataset is null)
            throw new MedicalGptException("No rows are named.") { Place = "--input", Allowed = "a file or a folder, or --dataset-name NAME with --dataset-config-name", Remedy = "add one of them" };
        if (dataset is null && (configuration is not null || split != "train"))
            throw new MedicalGptException("A configuration or split is named, but no dataset that it is of.") { Place = "--dataset-config-name and --split", Given = $"{(configuration is null ? "" : $"--dataset-config-name {configuration} ")}{(split == "train" ? "" : $"--split {split} ")}beside --input", Allowed = "--dataset-name with them, or --input without", Remedy = "name the dataset instead of the path, or leave them out" };
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
