using MedicalGpt.Plugins;

namespace MedicalGpt.Data;

/// <summary>A source of rows. Datasets give text and know nothing of tokens, templates or tensors.</summary>
[ComponentContract(ComponentKinds.Dataset)]
public interface IDataset
{
    /// <summary>Reads the rows of a split, in a stable order.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Examples of the asked kind.</returns>
    /// <exception cref="MedicalGptException">The split, configuration or kind does not exist, or a row is bad.</exception>
    IAsyncEnumerable<Example> ReadAsync(DatasetRequest request, CancellationToken cancellationToken);
}
