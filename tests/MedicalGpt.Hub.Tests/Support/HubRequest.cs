namespace MedicalGpt.Hub.Tests.Support;

/// <summary>A request that a test's server got.</summary>
/// <param name="Store">Whether it came to the store, not to the hub.</param>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path and query.</param>
/// <param name="Authorization">Its header.</param>
/// <param name="Range">Its header.</param>
internal sealed record HubRequest(bool Store, string Method, string Path, string? Authorization, string? Range);
