using MedicalGpt.Options;

namespace MedicalGpt.Host.CommandLine;

/// <summary>
/// Sorts the words behind a command into flags and positionals: <c>--key value</c>, <c>--key=value</c>, bare booleans, several values for a list.
/// Unknown flags are kept (with the word behind them); the resolver refuses them with the nearest name.
/// </summary>
internal static class ArgumentParser
{
    /// <summary>Sorts words.</summary>
    /// <param name="words">The words behind the command.</param>
    /// <param name="find">The option of a flag; null for an unknown one.</param>
    /// <returns>Flags and positionals.</returns>
    public static ParsedArguments Parse(IReadOnlyList<string> words, Func<string, OptionDescriptor?> find)
    {
        var settings = new List<OptionSetting>();
        var positionals = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (!IsFlag(word))
            {
                positionals.Add(word);
                continue;
            }

            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                settings.Add(new OptionSetting(word[..equals], OptionLayer.CommandLineName, word[(equals + 1)..]));
                continue;
            }

            var values = Values(words, i + 1, find(word));
            i += values.Count;
            settings.Add(new OptionSetting(word, OptionLayer.CommandLineName, values.Count == 0 ? ["true"] : values) { IsList = values.Count > 1 });
        }

        return new ParsedArguments(new OptionLayer(OptionLayer.CommandLineName, settings), positionals);
    }

    private static bool IsFlag(string word) => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2;

    private static List<string> Values(IReadOnlyList<string> words, int from, OptionDescriptor? option)
    {
        var values = new List<string>();
        if (from >= words.Count || IsFlag(words[from]))
            return values;
        if (option is { Type: OptionType.Boolean } && !OptionText.TryBoolean(words[from], out _))
            return values;
        values.Add(words[from]);
        for (var i = from + 1; option is { IsList: true } && i < words.Count && !IsFlag(words[i]); i++)
            values.Add(words[i]);
        return values;
    }
}
