namespace MedicalGpt.Host.Hub;

/// <summary>A further try of a request that failed.</summary>
/// <param name="Problem">The address, without secrets, and what happened.</param>
/// <param name="Wait">How long is waited before it.</param>
/// <param name="Number">Its number; the first request was 1. It begins anew where bytes arrived in between.</param>
/// <param name="Most">The number of the last try.</param>
internal sealed record HubTry(string Problem, TimeSpan Wait, int Number, int Most);
