using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>How the hub is reached and where its files go.</summary>
internal sealed record HubSettings
{
    private static readonly string[] Yes = ["1", "ON", "YES", "TRUE"];

    /// <summary>The hub's address, without a slash at the end.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The cache folder.</summary>
    public required HubCache Cache { get; init; }

    /// <summary>The user's token; null = none.</summary>
    public HubToken? Token { get; init; }

    /// <summary>Nothing is asked of the hub; only the cache is looked at.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether plain http is allowed to other machines too.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Most requests at a time.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Files of this size and above are fetched in parts, several at a time; bytes.</summary>
    public long ParallelFrom { get; init; } = 64L << 20;

    /// <summary>Size of a part; bytes.</summary>
    public long PartSize { get; init; } = 32L << 20;

    /// <summary>When and how often a failed request is tried again.</summary>
    public HubRetry Retry { get; init; } = new();

    /// <summary>How long a connection may stay without a byte.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The settings that the environment gives, by the Python client's names: <c>HF_ENDPOINT</c>, <c>HF_HOME</c>, <c>HF_HUB_CACHE</c>, <c>HF_HUB_OFFLINE</c>, <c>HF_TOKEN</c>.</summary>
    /// <param name="variable">Gives an environment variable; null = the process's.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="MedicalGptException">A variable holds nonsense.</exception>
    public static HubSettings FromEnvironment(Func<string, string?>? variable = null)
    {
        var get = variable ?? Environment.GetEnvironmentVariable;
        return new HubSettings
        {
            Endpoint = ReadEndpoint(get("HF_ENDPOINT") is { Length: > 0 } given ? given : "https://huggingface.co"),
            Cache = HubCache.FromEnvironment(get),
            Token = HubToken.FromEnvironment(get, HubCache.Home(get)),
            Offline = IsTrue(get("HF_HUB_OFFLINE")) || IsTrue(get("TRANSFORMERS_OFFLINE")),
        };
    }

    /// <summary>Whether a variable's text means yes, as the Python client reads it.</summary>
    /// <param name="text">The text; null = not set.</param>
    /// <returns>Whether.</returns>
    public static bool IsTrue(string? text) => text is not null && Yes.Contains(text.ToUpperInvariant());

    private static Uri ReadEndpoint(string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Query.Length == 0
            ? address
            : throw new MedicalGptException("The hub's address cannot be used.") { Place = "HF_ENDPOINT", Allowed = "https://host or https://host/path, without a user name or password" };
}
