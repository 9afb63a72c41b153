namespace MedicalGpt.Host.Hub;

/// <summary>A request failed in a way that may pass: the connection broke, or the server is busy.</summary>
/// <param name="address">What was asked, without secrets.</param>
/// <param name="problem">What happened.</param>
/// <param name="cause">The technical cause; null = an answer of the server.</param>
internal sealed class HubTransientException(string address, string problem, Exception? cause = null) : Exception($"{address}: {problem}", cause)
{
    /// <summary>How long the server asks to wait; null = it names no time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The error for the user when no further try is made.</summary>
    /// <param name="tries">Tries that were made.</param>
    /// <returns>The error.</returns>
    public MedicalGptException Final(int tries) => new("The hub cannot be reached, or breaks off.", this)
    {
        Place = address,
        Given = $"{problem} ({tries} {(tries == 1 ? "try" : "tries")}{(RetryAfter is { } wait ? $"; the server asks to wait {wait.TotalSeconds:0} s" : "")})",
        Remedy = "check the network, HTTPS_PROXY and HF_ENDPOINT, then run the same command again: what has arrived is kept",
    };
}
