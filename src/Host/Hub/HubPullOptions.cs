using MedicalGpt.Options;

namespace MedicalGpt.Host.Hub;

/// <summary>What is pulled of a repository, and where it goes. Address, token, cache and proxy come from the environment: HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE, HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE.</summary>
[Options("hub")]
public sealed partial record HubPullOptions
{
    /// <summary>Branch, tag, pull request (refs/pr/1) or commit.</summary>
    public string Revision { get; init; } = "main";

    /// <summary>Files that are wanted, as patterns (* also matches across folders); none = the usual ones.</summary>
    [Alias("allow_patterns")]
    public string[] Include { get; init; } = [];

    /// <summary>Files that are not wanted, as patterns.</summary>
    [Alias("ignore_patterns")]
    public string[] Exclude { get; init; } = [];

    /// <summary>Folder for plain files; none = the cache.</summary>
    public string? LocalDir { get; init; }

    /// <summary>Most requests at a time.</summary>
    [Range(1, 64)]
    [Alias("max_workers")]
    public int Connections { get; init; } = 8;

    /// <summary>Check the content of files that are there already, and fetch wrong ones again.</summary>
    public bool Verify { get; init; }

    /// <summary>Only show which files would be pulled.</summary>
    public bool DryRun { get; init; }

    /// <summary>Allow plain http to other machines; a token would be readable on the way.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Print the result as JSON.</summary>
    public bool Json { get; init; }

    partial void OnValidate(OptionErrors errors)
    {
        if (Revision.Length is 0 or > 250 || Revision.Split('/').Any(part => part.Length == 0 || part.StartsWith('.') || part.EndsWith(".lock", StringComparison.Ordinal)) || Revision.Any(letter => letter is <= ' ' or '\u007f' or '\\' or ':' or '~' or '^' or '?' or '*' or '['))
            errors.Conflict("revision", $"'{Revision}' cannot be the name of a revision", "give a branch, tag, pull request (refs/pr/1) or commit");
    }
}
