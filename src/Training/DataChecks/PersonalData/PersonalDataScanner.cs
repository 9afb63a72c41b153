using System.Text.RegularExpressions;
using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>
/// Finds what is likely personal data. It knows forms, not people: names and addresses are not found, and a number that only looks like a telephone number is.
/// Full-width digits count as digits. Sources: GB 11643-1999 (identity numbers and their check digit), the numbering plans of China (mobile numbers begin with 13 to 19) and North America, SSA rules for social security numbers.
/// </summary>
public static partial class PersonalDataScanner
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>Directly behind a whole word of letters (<c>tel138…</c>), which no digit, path or identifier belongs to.</summary>
    private const string Word = "(?<=(?<![0-9A-Za-z.+=/_-])[A-Za-z]{1,16})";

    /// <summary>Behind a word that says that a number follows (<c>tel=138…</c>).</summary>
    private const string Label = "(?<=(?i:tel|phone|mobile|cell|whatsapp|电话|手机|微信)[=/._-])";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly HashSet<int> Provinces = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83];

    /// <summary>Finds personal data.</summary>
    /// <param name="text">A text.</param>
    /// <returns>Places in order, without overlap.</returns>
    public static IReadOnlyList<PersonalDataSpan> Find(string text)
    {
        var plain = text.AsSpan().IndexOfAnyInRange('\uFF10', '\uFF19') >= 0 || text.Contains('\uFF20') ? HalfWidth.Fold(text) : text;
        var hasMail = plain.Contains('@');
        if (!hasMail && !HasDigits(plain))
            return [];
        var found = new List<PersonalDataSpan>();
        Add(found, PersonalDataKind.RecordNumber, RecordNumber().Matches(plain).Select(match => (Capture)match.Groups["number"]).Where(number => number.Value.Count(char.IsAsciiDigit) >= 4));
        Add(found, PersonalDataKind.ChineseId, ChineseId().Matches(plain).Where(match => IsChineseId(match.Value)));
        Add(found, PersonalDataKind.SocialSecurity, SocialSecurity().Matches(plain));
        if (hasMail)
            Add(found, PersonalDataKind.Email, Email().Matches(plain).Where(match => !match.Value.Contains("@example.", StringComparison.OrdinalIgnoreCase)));
        Add(found, PersonalDataKind.Phone, Mobile().Matches(plain));
        Add(found, PersonalDataKind.Phone, Landline().Matches(plain));
        Add(found, PersonalDataKind.Phone, American().Matches(plain).Where(match => !Fictional().IsMatch(match.Value)));
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    /// <summary>Whether 18 characters are a Chinese identity number: province, date and check digit (ISO 7064 MOD 11-2).</summary>
    /// <param name="number">18 characters.</param>
    public static bool IsChineseId(ReadOnlySpan<char> number)
    {
        if (number.Length != 18 || !int.TryParse(number[..2], out var province) || !Provinces.Contains(province))
            return false;
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (number[i] - '0') * Weights[i];
        return "10X98765432"[sum % 11] == char.ToUpperInvariant(number[17]) && DateOnly.TryParseExact(number[6..14], "yyyyMMdd", out _);
    }

    /// <summary>Whether a value is a record number because of the name that it has.</summary>
    internal static bool IsRecordNumber(string name, string value) =>
        name.Length <= 40 && value.Length <= 40 && Find($"{name}: {value}").Any(span => span.Kind == PersonalDataKind.RecordNumber && span.Start <= name.Length + 3 && span.End == name.Length + 2 + value.Length);

    /// <summary>Whether six characters stand near each other that digits of a number may be.</summary>
    private static bool HasDigits(string text)
    {
        var run = 0;
        foreach (var character in text)
        {
            run = char.IsAsciiDigit(character) ? run + 1 : character is '-' or ' ' or '.' or '(' or ')' ? run : 0;
            if (run == 4)
                return true;
        }

        return false;
    }

    private static void Add(List<PersonalDataSpan> found, PersonalDataKind kind, IEnumerable<Capture> matches)
    {
        foreach (var match in matches)
            if (!found.Exists(span => span.Start < match.Index + match.Length && match.Index < span.End))
                found.Add(new PersonalDataSpan(kind, match.Index, match.Length));
    }

    [GeneratedRegex("((?<![0-9A-Za-z])|" + Word + @")[1-9]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])", Options)]
    private static partial Regex ChineseId();

    [GeneratedRegex("((?<![0-9A-Za-z.=/_-])|" + Word + "|" + Label + @")(\+?86[- ]?)?1[3-9]\d([- ]?\d{4}){2}(?![0-9A-Za-z]|[.-]\d)", Options)]
    private static partial Regex Mobile();

    [GeneratedRegex("((?<![0-9A-Za-z.-])|" + Word + "|" + Label + @")\(?0[1-9]\d{1,2}(\)|-)\d{7,8}(?![0-9-])", Options)]
    private static partial Regex Landline();

    [GeneratedRegex("((?<![0-9A-Za-z.-])|" + Word + "|" + Label + @")(\+?1[-. ])?(\([2-9]\d{2}\) ?|[2-9]\d{2}[-.])[2-9]\d{2}[-.]\d{4}(?![0-9-])", Options)]
    private static partial Regex American();

    /// <summary>Numbers that are kept for fiction.</summary>
    [GeneratedRegex(@"555[-.]01\d\d$", Options)]
    private static partial Regex Fictional();

    [GeneratedRegex(@"(?<![0-9-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![0-9-])", Options)]
    private static partial Regex SocialSecurity();

    [GeneratedRegex(@"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@([A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])", Options)]
    private static partial Regex Email();

    [GeneratedRegex(@"(住院号|门诊号|病历号|病案号|就诊号|就诊卡号|登记号|检查号|影像号|(?<![A-Za-z0-9])(MRN|(medical|hospital|patient)[ _-]?(record[ _-]?)?(number|no\.?|id)))[""']?\s{0,3}([:：#=]|是|为|is)?\s{0,3}[""']?#?(?<number>[A-Za-z]{0,4}-?\d[\d-]{2,17}\d)(?![0-9A-Za-z])", Options | RegexOptions.IgnoreCase)]
    private static partial Regex RecordNumber();
}
