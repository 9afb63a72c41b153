using System.Net;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>Turns the hub's refusals into errors that say what to do.</summary>
/// <param name="repository">What was asked for.</param>
/// <param name="addresses">Its addresses.</param>
/// <param name="token">The user's token; null = none.</param>
internal sealed class HubRefusal(HubRepository repository, HubAddresses addresses, HubToken? token)
{
    private const int LongestMessage = 300;

    private string Kind => repository.Kind == HubRepositoryKind.Model ? "model" : "dataset";

    /// <summary>The error for an answer.</summary>
    /// <param name="response">An answer that is no success.</param>
    /// <returns>The error; a <see cref="HubTransientException"/> where another try may help.</returns>
    public Exception Of(HubResponse response)
    {
        var message = response.Message;
        var status = message.StatusCode;
        if (HubRetry.IsPassing(status))
            return new HubTransientException(HubHttp.Shown(response.Address), $"HTTP {(int)status}") { RetryAfter = HubRetry.Asked(message) };
        if (!response.IsHub)
            return new HubTransientException(HubHttp.Shown(response.Address), $"the store that the hub names answers HTTP {(int)status}");
        var (code, text) = (Header(message, "X-Error-Code"), Header(message, "X-Error-Message"));
        return (status, code) switch
        {
            (_, "GatedRepo") => Gated(text),
            (_, "RevisionNotFound") => new HubMissingException(HubMissing.Revision, "The repository has no such revision.") { Place = addresses.Page },
            (_, "EntryNotFound") => new HubMissingException(HubMissing.File, "The repository has no such file.") { Place = HubHttp.Shown(response.Address) },
            (_, "RepoNotFound") or (HttpStatusCode.NotFound, _) => NoRepository(),
            (HttpStatusCode.Unauthorized, _) => token is null ? NoRepository() : BadToken(text),
            (HttpStatusCode.Forbidden, _) => Gated(text),
            _ => new MedicalGptException("The hub refuses the request.") { Place = HubHttp.Shown(response.Address), Given = Said($"HTTP {(int)status}", text) },
        };
    }

    /// <summary>Adds to a missing repository or revision the names that are nearest.</summary>
    /// <param name="error">The error.</param>
    /// <param name="given">The name that was asked for.</param>
    /// <param name="known">Names that exist.</param>
    /// <returns>The error with what was given and the nearest name.</returns>
    public static MedicalGptException WithNames(HubMissingException error, string given, IReadOnlyList<string> known) => new(error.Message, error)
    {
        Place = error.Place,
        Given = given,
        Allowed = known.Count == 0 ? null : string.Join(", ", known.Take(12)) + (known.Count > 12 ? ", ..." : ""),
        Remedy = OptionNames.Nearest(given, known) is { } nearest ? $"did you mean '{nearest}'?" : error.Remedy,
    };

    private static string? Header(HttpResponseMessage message, string name) => message.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Said(string what, string? text) => text is null ? what : $"{what}: {new string([.. text.Take(LongestMessage).Where(letter => !char.IsControl(letter))])}";

    private HubMissingException NoRepository() => new(HubMissing.Repository, $"There is no such {Kind} on the hub, or it is private and the token does not open it.")
    {
        Place = addresses.Page,
        Remedy = token is null ? $"check the name; for a private one {HubToken.Remedy}" : $"check the name, and that the account of the token ({token.Source}) may read it",
    };

    private MedicalGptException Gated(string? text) => new($"The {Kind} is gated: its owner gives access on request.")
    {
        Place = addresses.Page,
        Given = Said(token is null ? "no access token" : $"the token of {token.Source}, whose account has no access yet", text),
        Remedy = $"ask for access at {addresses.Page}; then {(token is null ? HubToken.Remedy : "run the same command again")}",
    };

    private MedicalGptException BadToken(string? text) => new("The hub does not accept the access token.")
    {
        Place = token!.Source,
        Given = Said("HTTP 401", text),
        Remedy = HubToken.Remedy,
    };
}
