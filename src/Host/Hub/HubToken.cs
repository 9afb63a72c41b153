using System.Net.Http.Headers;

namespace MedicalGpt.Host.Hub;

/// <summary>A user's access token of the hub. It never shows its text: not in logs, not in errors, not in a debugger's view of a record.</summary>
internal sealed class HubToken
{
    /// <summary>How a user gives a token, for errors.</summary>
    public const string Remedy = "make a token at https://huggingface.co/settings/tokens and put it into the environment variable HF_TOKEN or into the file 'token' in HF_HOME (~/.cache/huggingface/token)";

    private const int LongestFile = 4096;
    private readonly string _text;

    /// <summary>Makes a token.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="source">The variable or file that it comes from.</param>
    /// <exception cref="MedicalGptException">It holds characters that no header may hold.</exception>
    public HubToken(string text, string source)
    {
        if (text.Any(letter => letter is <= ' ' or > '~'))
            throw new MedicalGptException("The access token has characters that no token has (blanks, line breaks or letters outside ASCII).") { Place = source, Remedy = HubToken.Remedy };
        _text = text;
        Source = source;
    }

    /// <summary>The variable or file that it comes from.</summary>
    public string Source { get; }

    /// <summary>The header that carries it.</summary>
    public AuthenticationHeaderValue Header => new("Bearer", _text);

    /// <summary>The token of the environment: <c>HF_TOKEN</c>, <c>HUGGING_FACE_HUB_TOKEN</c>, or the file that <c>HF_TOKEN_PATH</c> names (else <c>token</c> in the hub's home).</summary>
    /// <param name="variable">Gives an environment variable.</param>
    /// <param name="home">The hub's home folder.</param>
    /// <returns>The token; null = there is none.</returns>
    public static HubToken? FromEnvironment(Func<string, string?> variable, string home)
    {
        if (HubSettings.IsTrue(variable("HF_HUB_DISABLE_IMPLICIT_TOKEN")))
            return null;
        foreach (var name in new[] { "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN" })
        {
            if (variable(name)?.Trim() is { Length: > 0 } text)
                return new HubToken(text, name);
        }

        var file = variable("HF_TOKEN_PATH") is { Length: > 0 } path ? path : Path.Combine(home, "token");
        return File.Exists(file) && Read(file) is { Length: > 0 } stored ? new HubToken(stored, file) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => "***";

    private static string Read(string file)
    {
        try
        {
            return new FileInfo(file).Length <= LongestFile
                ? File.ReadAllText(file).Trim()
                : throw new MedicalGptException("The file of the access token is too long to be one.") { Place = file, Allowed = $"{LongestFile} bytes" };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MedicalGptException("The file of the access token cannot be read.", error) { Place = file, Given = error.Message, Remedy = HubToken.Remedy };
        }
    }
}
