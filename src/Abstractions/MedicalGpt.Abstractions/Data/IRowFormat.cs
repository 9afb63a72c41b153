using System.Text.Json;
using MedicalGpt.Plugins;

namespace MedicalGpt.Data;

/// <summary>Reads the rows of a file format that the host does not read itself. The component's name is the file name ending without its dot, for example <c>parquet</c>.</summary>
[ComponentContract(ComponentKinds.Format)]
public interface IRowFormat
{
    /// <summary>Reads the rows of a file as a stream, in order; memory does not grow with the number of rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>One JSON object per row: a member per column, missing values as null, lists as arrays, structs as objects.</returns>
    /// <exception cref="MedicalGptException">The file is damaged or needs what is not supported; the error names the place.</exception>
    IAsyncEnumerable<JsonElement> ReadAsync(string path, CancellationToken cancellationToken);
}
