using System.Text.RegularExpressions;

namespace MedicalGpt.Training.Data;

/// <summary>The cache folder of the Hugging Face hub, in the layout of its Python client:
/// <c>models--owner--name/refs/REVISION</c> holds a commit, <c>snapshots/COMMIT/PATH</c> are the files (links into <c>blobs</c>). This class only reads it; nothing is downloaded here.</summary>
/// <param name="root">The folder that holds the repositories' folders; it need not exist.</param>
public sealed partial class HubCache(string root)
{
    /// <summary>The revision that is meant where none is given.</summary>
    public const string DefaultRevision = "main";

    /// <summary>The folder that holds the repositories' folders.</summary>
    public string Root { get; } = root;

    /// <summary>The cache that the environment names: <c>HF_HUB_CACHE</c> (or its old name <c>HUGGINGFACE_HUB_CACHE</c>), else <c>hub</c> in <see cref="Home"/>.</summary>
    /// <param name="variable">Gives an environment variable; null = the process's.</param>
    /// <returns>The cache.</returns>
    public static HubCache FromEnvironment(Func<string, string?>? variable = null)
    {
        var get = variable ?? Environment.GetEnvironmentVariable;
        var root = Given(get, "HF_HUB_CACHE") ?? Given(get, "HUGGINGFACE_HUB_CACHE");
        return new HubCache(root is null ? Path.Combine(Home(get), "hub") : Expand(root, get));
    }

    /// <summary>The folder of everything of the hub: <c>HF_HOME</c>, else <c>huggingface</c> in <c>XDG_CACHE_HOME</c>, else <c>~/.cache/huggingface</c>.</summary>
    /// <param name="variable">Gives an environment variable; null = the process's.</param>
    /// <returns>A full path.</returns>
    public static string Home(Func<string, string?>? variable = null)
    {
        var get = variable ?? Environment.GetEnvironmentVariable;
        return Expand(Given(get, "HF_HOME") ?? Path.Combine(Given(get, "XDG_CACHE_HOME") ?? "~/.cache", "huggingface"), get);
    }

    /// <summary>The repository whose snapshot a folder is, judged by the folder's path alone.</summary>
    /// <param name="folder">A folder.</param>
    /// <returns>The repository; null = the path is no snapshot of a cache.</returns>
    public static HubRepository? RepositoryOf(string folder)
    {
        var match = SnapshotPath().Match(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)).Replace('\\', '/'));
        if (!match.Success)
            return null;
        var id = match.Groups["id"].Value.Replace("--", "/", StringComparison.Ordinal);
        return HubRepository.IsId(id) ? new HubRepository(match.Groups["kind"].Value == "models" ? HubRepositoryKind.Model : HubRepositoryKind.Dataset, id) : null;
    }

    /// <summary>Whether a text is a whole commit hash.</summary>
    /// <param name="revision">A revision.</param>
    /// <returns>Whether.</returns>
    public static bool IsCommit(string revision) => Commit().IsMatch(revision);

    /// <summary>A repository's folder, whether it exists or not.</summary>
    /// <param name="repository">The repository.</param>
    /// <returns>A path.</returns>
    public string Folder(HubRepository repository) => Path.Combine(Root, repository.FolderName);

    /// <summary>The folder with a repository's files at a revision.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">A branch, tag, pull request (<c>refs/pr/1</c>) or commit.</param>
    /// <returns>A full path; null = it is not in the cache.</returns>
    public string? Snapshot(HubRepository repository, string revision = DefaultRevision)
    {
        var folder = Folder(repository);
        if ((IsCommit(revision) ? revision : ReadReference(folder, revision)) is not { } commit)
            return null;
        var snapshot = Path.Combine(folder, "snapshots", commit);
        return Directory.Exists(snapshot) ? Path.GetFullPath(snapshot) : null;
    }

    private static string? ReadReference(string folder, string revision)
    {
        var references = Path.GetFullPath(Path.Combine(folder, "refs"));
        var file = Path.GetFullPath(Path.Combine(references, revision));
        if (!file.StartsWith(references + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(file) || new FileInfo(file).Length > 256)
            return null;
        var commit = File.ReadAllText(file).Trim();
        return IsCommit(commit) ? commit : null;
    }

    private static string? Given(Func<string, string?> get, string name) => get(name) is { Length: > 0 } value ? value : null;

    /// <summary>Resolves <c>~</c> and <c>$NAME</c>, as the Python client does; unknown variables stay as they are.</summary>
    private static string Expand(string path, Func<string, string?> get)
    {
        var known = Variable().Replace(path, match => get(match.Groups["name"].Value) ?? match.Value);
        if (known == "~" || known.StartsWith("~/", StringComparison.Ordinal))
            known = (Given(get, "HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)) + known[1..];
        return Path.GetFullPath(known);
    }

    [GeneratedRegex("^[0-9a-f]{40}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Commit();

    [GeneratedRegex(@"\$(?:\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?<name>[A-Za-z_][A-Za-z0-9_]*))", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex("/(?<kind>models|datasets)--(?<id>[^/]+)/snapshots/[0-9a-f]{40}$", RegexOptions.ExplicitCapture)]
    private static partial Regex SnapshotPath();
}
