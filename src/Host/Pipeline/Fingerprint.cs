using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Pipeline;

/// <summary>Hash of everything that a stage's result depends on: its command, its options, the stages it reads, and size and time of the files that its options name.</summary>
internal static class Fingerprint
{
    private const int MaxFiles = 10_000;

    /// <summary>Hashes a stage.</summary>
    /// <param name="command">Its command.</param>
    /// <param name="options">Its resolved options.</param>
    /// <param name="inputs">Fingerprints of the stages it reads.</param>
    /// <param name="outputs">What the stages of the pipeline write: those files say nothing, their stages' fingerprints do.</param>
    /// <returns>64 hex digits.</returns>
    public static string Of(string command, IReadOnlyList<OptionProvenance> options, IEnumerable<string> inputs, IReadOnlyList<string> outputs)
    {
        var written = outputs.Select(Path.GetFullPath).ToList();
        var text = new StringBuilder(command).Append('\n');
        foreach (var option in options)
        {
            text.Append(option.Option.Key).Append('=').AppendJoin('\u0001', option.Items).Append('\n');
            if (option.Option.Type is OptionType.Text or OptionType.TextList)
                AddFiles(text, option.Items, written);
        }

        foreach (var input in inputs)
            text.Append(input).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void AddFiles(StringBuilder text, IEnumerable<string> values, List<string> written)
    {
        var files = values.SelectMany(value => Files(value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            .Where(file => !written.Any(output => PathScope.Holds(output, file.FullName)))
            .Take(MaxFiles)
            .OrderBy(file => file.FullName, StringComparer.Ordinal);
        foreach (var file in files)
            text.Append(CultureInfo.InvariantCulture, $"  {file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}\n");
    }

    /// <summary>The files that a value names, where it is a path with a folder in it (a bare word is more likely a name).</summary>
    private static IEnumerable<FileInfo> Files(string value) =>
        !value.Contains('/', StringComparison.Ordinal) ? []
        : File.Exists(value) ? [new FileInfo(value)]
        : Directory.Exists(value) ? new DirectoryInfo(value).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true })
        : [];
}
