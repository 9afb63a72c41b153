namespace MedicalGpt.Host.Hub;

/// <summary>An answer after redirects.</summary>
/// <param name="Message">The answer itself.</param>
/// <param name="Address">The address that gave it.</param>
/// <param name="IsHub">Whether that is the hub's own host.</param>
/// <param name="Commit">Header <c>X-Repo-Commit</c> of the hub's own answer.</param>
/// <param name="ETag">Header <c>X-Linked-Etag</c>, else <c>ETag</c>, of the hub's own answer.</param>
/// <param name="Size">Header <c>X-Linked-Size</c> of the hub's own answer, else the length of the content; null = unknown.</param>
internal sealed record HubResponse(HttpResponseMessage Message, Uri Address, bool IsHub, string? Commit, string? ETag, long? Size) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Message.Dispose();
}
