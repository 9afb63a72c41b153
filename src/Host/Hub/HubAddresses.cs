using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>The addresses of a repository.</summary>
/// <param name="endpoint">The hub's address.</param>
/// <param name="repository">The repository.</param>
internal sealed class HubAddresses(Uri endpoint, HubRepository repository)
{
    private readonly string _base = endpoint.AbsoluteUri.TrimEnd('/');
    private readonly string _kind = repository.Kind == HubRepositoryKind.Model ? "models" : "datasets";

    /// <summary>The page for people.</summary>
    public string Page => _base + Prefix + repository.Id;

    /// <summary>Branches, tags and pull requests.</summary>
    public Uri References => new($"{_base}/api/{_kind}/{repository.Id}/refs");

    private string Prefix => repository.Kind == HubRepositoryKind.Model ? "/" : "/datasets/";

    /// <summary>What is known about a revision.</summary>
    /// <param name="revision">The revision.</param>
    /// <returns>The address.</returns>
    public Uri Information(string revision) => new($"{_base}/api/{_kind}/{repository.Id}/revision/{Uri.EscapeDataString(revision)}");

    /// <summary>All files of a revision, page by page.</summary>
    /// <param name="revision">The revision.</param>
    /// <returns>The address of the first page.</returns>
    public Uri Tree(string revision) => new($"{_base}/api/{_kind}/{repository.Id}/tree/{Uri.EscapeDataString(revision)}?recursive=true&expand=false");

    /// <summary>Repositories with a like name.</summary>
    /// <param name="name">A part of the name.</param>
    /// <returns>The address.</returns>
    public Uri Search(string name) => new($"{_base}/api/{_kind}?search={Uri.EscapeDataString(name)}&limit=20");

    /// <summary>A file's content.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="path">The file's path in the repository.</param>
    /// <returns>The address.</returns>
    public Uri Resolve(string revision, string path) => new($"{_base}{Prefix}{repository.Id}/resolve/{Uri.EscapeDataString(revision)}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");
}
