using System.Text.RegularExpressions;

namespace MedicalGpt.Training.Data;

/// <summary>A repository of the Hugging Face hub.</summary>
/// <param name="Kind">Model or dataset.</param>
/// <param name="Id">Its id, <c>owner/name</c> (a few old ones are a bare <c>name</c>).</param>
public sealed partial record HubRepository(HubRepositoryKind Kind, string Id)
{
    /// <summary>The allowed form of an id, for errors.</summary>
    public const string IdForm = "owner/name, of letters, digits, '-', '_' and '.'";

    /// <summary>Its folder's name in a cache: <c>models--owner--name</c> or <c>datasets--owner--name</c>.</summary>
    public string FolderName => $"{(Kind == HubRepositoryKind.Model ? "models" : "datasets")}--{Id.Replace("/", "--", StringComparison.Ordinal)}";

    /// <summary>The command that brings it into the cache.</summary>
    public string PullCommand => $"medgpt {(Kind == HubRepositoryKind.Model ? "model" : "data")} pull {Id}";

    /// <summary>Whether a text has the form of an id. Nothing is looked up; a relative folder such as <c>out/sft</c> has it too.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether.</returns>
    public static bool IsId(string text) => IdPattern().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal) && !text.Contains("--", StringComparison.Ordinal) && !text.EndsWith(".git", StringComparison.Ordinal);

    /// <summary>What to do about a model's folder that does not exist, where its name may be a repository's.</summary>
    /// <param name="folder">The folder as given.</param>
    /// <returns>A remedy; null = it has not the form <c>owner/name</c>.</returns>
    public static string? PullHint(string folder) =>
        IsId(folder) && folder.Contains('/', StringComparison.Ordinal) ? $"correct the path; if it is a model of the hub, pull it first: medgpt model pull {folder}" : null;

    /// <summary>A repository by its id.</summary>
    /// <param name="kind">Model or dataset.</param>
    /// <param name="id">The id.</param>
    /// <returns>The repository.</returns>
    /// <exception cref="MedicalGptException">The text is no id.</exception>
    public static HubRepository Parse(HubRepositoryKind kind, string id) => IsId(id)
        ? new HubRepository(kind, id)
        : throw new MedicalGptException("This is no repository of the hub.") { Given = id, Allowed = IdForm, Remedy = FromAddress(id) is { } meant ? $"did you mean '{meant}'?" : null };

    /// <summary>The id in a page's address such as <c>https://huggingface.co/datasets/owner/name/tree/main</c>; null = it has none.</summary>
    /// <param name="text">Any text.</param>
    public static string? FromAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part is "datasets" or "models").Take(2).ToList() is [var owner, var name] && IsId($"{owner}/{name}")
            ? $"{owner}/{name}"
            : null;

    [GeneratedRegex(@"^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?/)?[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex IdPattern();
}
