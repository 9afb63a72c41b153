namespace MedicalGpt.Fuzz.Tests.Support;

/// <summary>A reader that gets damaged input.</summary>
/// <param name="Name">Its name, which is also its folder under Found.</param>
/// <param name="Seeds">Whole inputs that are damaged.</param>
/// <param name="Tokens">Pieces that are put in.</param>
/// <param name="ReadAsync">Reads an input; the number decides between variants (kinds of rows, policies).</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Tokens, Func<byte[], int, Task> ReadAsync)
{
    /// <summary>Whether an exception is the reader's readable error.</summary>
    public Func<Exception, bool> IsRefusal { get; init; } = error => error is MedicalGptException;
}
