using System.Text;

namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>
/// Parses the regular expressions of tokenizers, in the dialect of the Oniguruma library with its Ruby syntax. Capturing groups only group; back references and what else
/// is not in published tokenizers (subroutines, conditions, \X, \R) are errors.
/// </summary>
internal sealed partial class RegexParser
{
    private const int LengthLimit = 10_000;
    private const int DepthLimit = 100;
    private readonly Rune[] _pattern;
    private int _at;
    private int _depth;
    private bool _ignoreCase;
    private bool _dotAll;

    private RegexParser(string pattern) => _pattern = [.. pattern.EnumerateRunes()];

    /// <summary>Parses a pattern.</summary>
    /// <exception cref="FormatException">It is no pattern, or uses what is not supported.</exception>
    public static RegexNode Parse(string pattern)
    {
        if (pattern.Length > LengthLimit)
            throw new FormatException($"it is longer than {LengthLimit} characters");
        var parser = new RegexParser(pattern);
        var node = parser.Choice();
        return parser._at == parser._pattern.Length ? node : throw new FormatException("a ) has no (");
    }

    private bool More => _at < _pattern.Length;

    private int Peek => More ? _pattern[_at].Value : -1;

    private RegexNode Choice()
    {
        if (++_depth > DepthLimit)
            throw new FormatException($"its groups are nested deeper than {DepthLimit}");
        var (ignoreCase, dotAll) = (_ignoreCase, _dotAll);
        var alternatives = new List<RegexNode> { Sequence() };
        while (Take('|'))
            alternatives.Add(Sequence());
        (_ignoreCase, _dotAll) = (ignoreCase, dotAll);
        _depth--;
        return alternatives.Count == 1 ? alternatives[0] : new RegexNode.Choice(alternatives);
    }

    private RegexNode.Sequence Sequence()
    {
        var parts = new List<RegexNode>();
        while (More && Peek is not ('|' or ')'))
        {
            if (Atom() is { } atom)
                parts.Add(Quantified(atom));
        }

        return new RegexNode.Sequence(parts);
    }

    private RegexNode Quantified(RegexNode atom)
    {
        while (More)
        {
            var (least, most) = (0, -1);
            var braces = false;
            if (Take('+'))
                least = 1;
            else if (Take('?'))
                most = 1;
            else if (Peek == '{' && Braces() is { } counts)
                (least, most, braces) = (counts.Least, counts.Most, true);
            else if (!Take('*'))
                return atom;
            var mode = Take('?') ? RepeatMode.Lazy : !braces && Take('+') ? RepeatMode.Possessive : RepeatMode.Greedy;
            atom = new RegexNode.Repeat(atom, least, most, mode);
        }

        return atom;
    }

    // {n}, {n,}, {n,m}, {,m}; anything else is ordinary text.
    private (int Least, int Most)? Braces()
    {
        var start = _at++;
        var least = Number();
        var comma = Take(',');
        var most = comma ? Number() : least;
        if ((least is null && most is null) || !Take('}'))
        {
            _at = start;
            return null;
        }

        if (least > 1000 || most > 1000 || least > most)
            throw new FormatException("a part is repeated more than 1000 times, or from more to fewer");
        return (least ?? 0, most ?? -1);
    }

    private int? Number()
    {
        var start = _at;
        var value = 0;
        while (Peek is >= '0' and <= '9')
            value = Math.Min((value * 10) + _pattern[_at++].Value - '0', 1_000_000);
        return _at > start ? value : null;
    }

    private RegexNode? Atom()
    {
        var c = _pattern[_at++].Value;
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                return new RegexNode.OneOf(new CodePointSet(Class()));
            case '.':
                var dotAll = _dotAll;
                return new RegexNode.OneOf(new CodePointSet(p => dotAll || p != '\n'));
            case '^':
                return new RegexNode.Anchor(AnchorKind.LineStart);
            case '$':
                return new RegexNode.Anchor(AnchorKind.LineEnd);
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                throw new FormatException($"nothing stands before the {(char)c}");
            case '{':
                return Literal('{');
            default:
                return Literal(c);
        }
    }

    private RegexNode.OneOf Literal(int c) => new(new CodePointSet(Folded(p => p == c)));

    private RegexNode? Group()
    {
        if (!Take('?'))
            return Rest(node => node);
        if (Take(':'))
            return Rest(node => node);
        if (Take('='))
            return Rest(node => new RegexNode.Look(node, Ahead: true, Negative: false));
        if (Take('!'))
            return Rest(node => new RegexNode.Look(node, Ahead: true, Negative: true));
        if (Take('>'))
            return Rest(node => new RegexNode.Atomic(node));
        if (Take('<'))
        {
            if (Peek is '=' or '!')
            {
                var negative = _pattern[_at++].Value == '!';
                return Rest(node => new RegexNode.Look(node, Ahead: false, negative));
            }

            while (More && !Take('>'))
                _at++;
            return Rest(node => node);
        }

        return Flags();
    }

    private RegexNode Rest(Func<RegexNode, RegexNode> wrap)
    {
        var node = Choice();
        return Take(')') ? wrap(node) : throw new FormatException("a ( has no )");
    }

    // (?i) lasts to the end of the group around it, (?i:...) for its own.
    private RegexNode? Flags()
    {
        var (ignoreCase, dotAll) = (_ignoreCase, _dotAll);
        var on = true;
        while (More && !(Peek is ')' or ':'))
        {
            switch (_pattern[_at++].Value)
            {
                case '-':
                    on = false;
                    break;
                case 'i':
                    _ignoreCase = on;
                    break;
                case 'm' or 's':
                    _dotAll = on;
                    break;
                default:
                    throw new FormatException("a group begins with (? and something that is not supported");
            }
        }

        if (Take(')'))
            return null;
        if (!Take(':'))
            throw new FormatException("a ( has no )");
        var node = Choice();
        (_ignoreCase, _dotAll) = (ignoreCase, dotAll);
        return Take(')') ? node : throw new FormatException("a ( has no )");
    }

    private RegexNode Escape()
    {
        switch (Peek)
        {
            case 'A':
                return Place(AnchorKind.TextStart);
            case 'z':
                return Place(AnchorKind.TextEnd);
            case 'Z':
                return Place(AnchorKind.TextEndOrLineEnd);
            case 'b':
                return Place(AnchorKind.WordBoundary);
            case 'B':
                return Place(AnchorKind.NoWordBoundary);
            case 'w':
                _at++;
                return new RegexNode.OneOf(new CodePointSet(UnicodeClasses.IsBareWord));
            default:
                return new RegexNode.OneOf(new CodePointSet(EscapedSet()));
        }
    }

    private RegexNode.Anchor Place(AnchorKind kind)
    {
        _at++;
        return new RegexNode.Anchor(kind);
    }

    private bool Take(char c)
    {
        if (Peek != c)
            return false;
        _at++;
        return true;
    }
}
