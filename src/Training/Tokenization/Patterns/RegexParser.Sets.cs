using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Tokenization.Patterns;

/// <content>Sets of characters: escapes, brackets, case.</content>
internal sealed partial class RegexParser
{
    private Func<int, bool> EscapedSet() => ClassEscape() ?? Folded(Equal(EscapedCharacter()));

    private static Func<int, bool> Equal(int c) => p => p == c;

    // \w \d \s \h \p{..}: a rule; null when the escape is a single character.
    private Func<int, bool>? ClassEscape()
    {
        if (!More)
            throw new FormatException("it ends with a \\");
        var c = _pattern[_at].Value;
        Func<int, bool>? rule = c switch
        {
            'w' or 'W' => UnicodeClasses.IsWord,
            'd' or 'D' => p => CharUnicodeInfo.GetUnicodeCategory(p) == UnicodeCategory.DecimalDigitNumber,
            's' or 'S' => UnicodeClasses.IsSpace,
            'h' or 'H' => p => p < 128 && char.IsAsciiHexDigit((char)p),
            'p' or 'P' => null,
            _ => null,
        };
        if (rule is null && c is not ('p' or 'P'))
            return null;
        _at++;
        var negated = c is 'W' or 'D' or 'S' or 'H' or 'P';
        if (rule is null)
        {
            var name = Take('{') ? Until('}') : throw new FormatException("\\p has no {name}");
            if (name.StartsWith('^'))
                (name, negated) = (name[1..], !negated);
            rule = UnicodeClasses.Instance.Find(name) ?? throw new FormatException($"the class {name} is not supported");
        }

        var found = rule;
        return negated ? p => !found(p) : found;
    }

    private int EscapedCharacter()
    {
        if (!More)
            throw new FormatException("it ends with a \\");
        var c = _pattern[_at++].Value;
        switch (c)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'e':
                return 27;
            case 'u':
                return Hex(4, 4);
            case 'x':
                return Take('{') ? HexOf(Until('}')) : Hex(0, 2);
            case >= '0' and <= '9':
                throw new FormatException("back references and octal escapes are not supported");
            case < 128 when char.IsAsciiLetter((char)c):
                throw new FormatException($"the escape \\{(char)c} is not supported");
            default:
                return c;
        }
    }

    private int Hex(int least, int most)
    {
        var digits = new StringBuilder();
        while (digits.Length < most && More && Peek < 128 && char.IsAsciiHexDigit((char)Peek))
            digits.Append((char)_pattern[_at++].Value);
        return digits.Length < least ? throw new FormatException("\\u needs four hexadecimal digits") : digits.Length == 0 ? 0 : HexOf(digits.ToString());
    }

    private static int HexOf(string digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value) ? value : throw new FormatException($"\\x{{{digits}}} is no code point");

    private string Until(char end)
    {
        var text = new StringBuilder();
        while (More && Peek != end)
            text.Append(_pattern[_at++]);
        return Take(end) ? text.ToString() : throw new FormatException($"a {end} is missing");
    }

    // After '['. Sets in sets and && (both sides) as Oniguruma has them; && binds weakest.
    private Func<int, bool> Class()
    {
        if (++_depth > DepthLimit)
            throw new FormatException($"its sets are nested deeper than {DepthLimit}");
        var negated = Take('^');
        var whole = new List<Func<int, bool>>();
        var rules = new List<Func<int, bool>>();
        var first = true;
        while (true)
        {
            if (!More)
                throw new FormatException("a [ has no ]");
            if (Peek == ']' && !first)
                break;
            first = false;
            if (Peek == '&' && _at + 1 < _pattern.Length && _pattern[_at + 1].Value == '&')
            {
                _at += 2;
                whole.Add(AnyOf(rules));
                rules = [];
                continue;
            }

            rules.Add(ClassItem());
        }

        _at++;
        _depth--;
        whole.Add(AnyOf(rules));
        var all = whole.Count == 1 ? whole[0] : p => whole.TrueForAll(rule => rule(p));
        return negated ? p => !all(p) : all;
    }

    private static Func<int, bool> AnyOf(List<Func<int, bool>> rules) => rules.Count == 1 ? rules[0] : p => rules.Exists(rule => rule(p));

    private Func<int, bool> ClassItem()
    {
        if (Take('['))
            return Peek == ':' && PosixClass() is { } posix ? posix : Class();
        var escaped = Take('\\');
        if (escaped && ClassEscape() is { } rule)
            return rule;
        var first = escaped ? SetCharacter() : _pattern[_at++].Value;
        if (Peek != '-' || _at + 1 >= _pattern.Length || _pattern[_at + 1].Value is ']' or '[')
            return Folded(Equal(first));
        _at++;
        if (Take('\\'))
        {
            if (ClassEscape() is { } after)
                return p => p == first || p == '-' || after(p);
            return Span(first, SetCharacter());
        }

        return Span(first, _pattern[_at++].Value);
    }

    private int SetCharacter()
    {
        if (!Take('b'))
            return EscapedCharacter();
        return '\b';
    }

    private Func<int, bool> Span(int first, int last)
    {
        if (last < first)
            throw new FormatException("a range in a set runs backwards");
        return Folded(p => p >= first && p <= last);
    }

    private Func<int, bool>? PosixClass()
    {
        var start = _at++;
        var negated = Take('^');
        var name = new StringBuilder();
        while (More && Peek < 128 && char.IsAsciiLetter((char)Peek))
            name.Append(_pattern[_at++]);
        if (!(Take(':') && Take(']')))
        {
            _at = start;
            return null;
        }

        Func<int, bool> rule = name.ToString() switch
        {
            "space" => UnicodeClasses.IsSpace,
            "digit" => p => CharUnicodeInfo.GetUnicodeCategory(p) == UnicodeCategory.DecimalDigitNumber,
            "upper" => p => CharUnicodeInfo.GetUnicodeCategory(p) == UnicodeCategory.UppercaseLetter,
            "lower" => p => CharUnicodeInfo.GetUnicodeCategory(p) == UnicodeCategory.LowercaseLetter,
            "word" => UnicodeClasses.IsWord,
            "ascii" => p => p < 128,
            "xdigit" => p => p < 128 && char.IsAsciiHexDigit((char)p),
            var other => throw new FormatException($"the class [:{other}:] is not supported"),
        };
        return negated ? p => !rule(p) : rule;
    }

    // Simple case folding: other forms of a letter, and the three signs that fold to an ASCII or Latin-1 letter.
    private Func<int, bool> Folded(Func<int, bool> rule)
    {
        if (!_ignoreCase)
            return rule;
        return p => rule(p) || (Rune.IsValid(p) && (rule(Rune.ToLowerInvariant(new Rune(p)).Value) || rule(Rune.ToUpperInvariant(new Rune(p)).Value) || p switch
        {
            's' or 'S' => rule(0x17F),
            0x17F => rule('s') || rule('S'),
            'k' or 'K' => rule(0x212A),
            0x212A => rule('k') || rule('K'),
            0xE5 or 0xC5 => rule(0x212B),
            0x212B => rule(0xE5) || rule(0xC5),
            _ => false,
        }));
    }
}
