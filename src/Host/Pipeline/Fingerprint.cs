using System.Security.Cryptography;
using System.Text;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Pipeline;

/// <summary>Hash of everything that a stage's result depends on.</summary>
internal static class Fingerprint
{
    /// <summary>Hashes a stage.</summary>
    /// <param name="command">Its command.</param>
    /// <param name="options">Its resolved options.</param>
    /// <param name="inputs">Fingerprints of the stages it reads.</param>
    /// <returns>64 hex digits.</returns>
    public static string Of(string command, IReadOnlyList<OptionProvenance> options, IEnumerable<string> inputs)
    {
        var text = new StringBuilder(command).Append('\n');
        foreach (var option in options)
            text.Append(option.Option.Key).Append('=').AppendJoin('\u0001', option.Items).Append('\n');
        foreach (var input in inputs)
            text.Append(input).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
