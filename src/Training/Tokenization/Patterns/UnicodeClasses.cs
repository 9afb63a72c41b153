using System.Globalization;
using MedicalGpt.Training.Tokenization.Unicode;

namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>The classes that regular expressions name: general categories by short and long name, scripts, a few properties.</summary>
internal sealed class UnicodeClasses
{
    private static readonly string[] ShortNames =
        ["lu", "ll", "lt", "lm", "lo", "mn", "mc", "me", "nd", "nl", "no", "zs", "zl", "zp", "cc", "cf", "cs", "co", "pc", "pd", "ps", "pe", "pi", "pf", "po", "sm", "sc", "sk", "so", "cn"];

    private static readonly Dictionary<string, string> LongNames = new()
    {
        ["letter"] = "l", ["uppercaseletter"] = "lu", ["lowercaseletter"] = "ll", ["titlecaseletter"] = "lt", ["modifierletter"] = "lm", ["otherletter"] = "lo",
        ["mark"] = "m", ["nonspacingmark"] = "mn", ["spacingmark"] = "mc", ["enclosingmark"] = "me", ["number"] = "n", ["decimalnumber"] = "nd", ["letternumber"] = "nl", ["othernumber"] = "no",
        ["separator"] = "z", ["spaceseparator"] = "zs", ["lineseparator"] = "zl", ["paragraphseparator"] = "zp", ["other"] = "c", ["control"] = "cc", ["format"] = "cf", ["surrogate"] = "cs", ["privateuse"] = "co", ["unassigned"] = "cn",
        ["punctuation"] = "p", ["connectorpunctuation"] = "pc", ["dashpunctuation"] = "pd", ["openpunctuation"] = "ps", ["closepunctuation"] = "pe", ["initialpunctuation"] = "pi", ["finalpunctuation"] = "pf", ["otherpunctuation"] = "po",
        ["symbol"] = "s", ["mathsymbol"] = "sm", ["currencysymbol"] = "sc", ["modifiersymbol"] = "sk", ["othersymbol"] = "so",
    };

    private readonly Dictionary<string, List<(int First, int Last)>> _scripts = [];

    private UnicodeClasses()
    {
        foreach (var fields in UnicodeTables.Lines("scripts"))
        {
            var name = Plain(fields[0]);
            if (!_scripts.TryGetValue(name, out var ranges))
                _scripts[name] = ranges = [];
            ranges.Add((UnicodeTables.Hex(fields[1]), UnicodeTables.Hex(fields[2])));
        }
    }

    /// <summary>The classes, read at first use.</summary>
    public static UnicodeClasses Instance { get; } = new();

    /// <summary>White space: property White_Space.</summary>
    public static bool IsSpace(int c) => c is >= 9 and <= 13 or 32 or 0x85 || (c > 0x85 && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>What [\w] finds: letters, marks, decimal digits, connectors, letter-like numbers and symbols.</summary>
    public static bool IsWord(int c) => ShortNames[(int)CharUnicodeInfo.GetUnicodeCategory(c)] is ['l' or 'm', _] or "nd" or "nl" or "pc" || CharacterClasses.IsAlphabeticSymbol(c);

    /// <summary>What \w finds outside brackets: Oniguruma has the six superscripts and fractions of Latin-1 there as well.</summary>
    public static bool IsBareWord(int c) => IsWord(c) || c is 0xB2 or 0xB3 or 0xB9 or (>= 0xBC and <= 0xBE);

    /// <summary>The rule of a named class; null = the name is not known.</summary>
    public Func<int, bool>? Find(string name)
    {
        var plain = Plain(name);
        plain = LongNames.GetValueOrDefault(plain, plain);
        if (plain.Length == 1 && "lmnzcps".Contains(plain[0], StringComparison.Ordinal))
            return c => ShortNames[(int)CharUnicodeInfo.GetUnicodeCategory(c)][0] == plain[0];
        if (ShortNames.Contains(plain))
            return c => ShortNames[(int)CharUnicodeInfo.GetUnicodeCategory(c)] == plain;
        if (plain is "whitespace" or "space")
            return IsSpace;
        if (plain is "any")
            return _ => true;
        if (!_scripts.TryGetValue(plain, out var ranges))
            return null;
        return c => ranges.Exists(r => c >= r.First && c <= r.Last);
    }

    private static string Plain(string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain.StartsWith("script=", StringComparison.Ordinal) ? plain[7..] : plain;
    }
}
