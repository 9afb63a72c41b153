using System.Net;

namespace MedicalGpt.Host.Hub;

/// <summary>When a failed request is tried again: after a time that doubles, varied at random so that many clients do not come back at once, or after the time that the server names.</summary>
internal sealed record HubRetry
{
    /// <summary>Most tries without progress.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Waiting time before the second try.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest waiting time of our own choice.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest waiting time that a server may name.</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Hears of every further try before it is waited for.</summary>
    public Action<HubTry> Notice { get; init; } = _ => { };

    /// <summary>Whether a status means that a later try may succeed.</summary>
    /// <param name="status">The status.</param>
    /// <returns>Whether.</returns>
    public static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    /// <summary>The time that a response asks to wait; null = it names none.</summary>
    /// <param name="response">The response.</param>
    /// <returns>The time.</returns>
    public static TimeSpan? Asked(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > DateTimeOffset.UtcNow => date - DateTimeOffset.UtcNow,
        { Date: not null } => TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Does something until it succeeds, fails for good, or has failed too often.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="action">What is done; it throws <see cref="HubTransientException"/> where another try may help.</param>
    /// <param name="cancellation">Ends the waiting too.</param>
    /// <returns>The result.</returns>
    /// <exception cref="MedicalGptException">It failed.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await action();
            }
            catch (HubTransientException error)
            {
                await WaitAsync(tries, error, cancellation);
            }
        }
    }

    /// <summary>Waits before the next try.</summary>
    /// <param name="tries">Tries so far without progress.</param>
    /// <param name="error">What happened.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Ends when the time is over.</returns>
    /// <exception cref="MedicalGptException">It has been tried often enough, or the server asks to wait too long.</exception>
    public async Task WaitAsync(int tries, HubTransientException error, CancellationToken cancellation)
    {
        if (tries >= Attempts || error.RetryAfter > LongestAsked)
            throw error.Final(tries);
        var wait = error.RetryAfter ?? Own(tries);
        Notice(new HubTry(error.Message, wait, tries + 1, Attempts));
        await Task.Delay(wait, cancellation);
    }

    private TimeSpan Own(int tries) => TimeSpan.FromTicks((long)(Math.Min(Longest.Ticks, First.Ticks * Math.Pow(2, tries - 1)) * (0.5 + Random.Shared.NextDouble())));
}
