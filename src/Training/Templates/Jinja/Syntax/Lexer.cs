namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>
/// Cuts a template into tokens. White space is treated as transformers asks for it: the line end behind a block tag goes (trim_blocks), blanks before a block tag at the start of a line go (lstrip_blocks), and - and + in tags rule over both.
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _line = 1;
    private bool _lineStarts = true;

    private Lexer(string source) => _source = source;

    /// <summary>Reads all tokens; the last is <see cref="TokenKind.End"/>.</summary>
    public static List<Token> Read(string source)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lexer = new Lexer(source.EndsWith('\n') ? source[..^1] : source);
        lexer.ReadTemplate();
        lexer.Add(TokenKind.End, "");
        return lexer._tokens;
    }

    private void ReadTemplate()
    {
        while (_position < _source.Length)
        {
            var tag = NextTag(_position);
            if (tag < 0)
            {
                AddText(_source[_position..]);
                _position = _source.Length;
                return;
            }

            var sign = tag + 2 < _source.Length ? _source[tag + 2] : ' ';
            var kind = _source[tag + 1];
            var text = Before(_source[_position..tag], sign, kind);
            AddText(text);
            _line += Lines(_source.AsSpan(_position + text.Length, tag - _position - text.Length));
            _position = tag + 2 + (sign is '-' or '+' ? 1 : 0);
            if (kind == '#')
                SkipComment();
            else if (kind == '%' && IsRaw(out var behind))
                ReadRaw(behind);
            else
                ReadCode(kind == '%');
        }
    }

    private int NextTag(int start)
    {
        while (true)
        {
            var brace = _source.IndexOf('{', start);
            if (brace < 0 || brace + 1 >= _source.Length)
                return -1;
            if (_source[brace + 1] is '%' or '{' or '#')
                return brace;
            start = brace + 1;
        }
    }

    // The text before a tag, as the tag's sign and place leave it.
    private string Before(string text, char sign, char kind)
    {
        if (sign == '-')
            return text.TrimEnd();
        if (sign == '+' || kind == '{')
            return text;
        var start = text.LastIndexOf('\n') + 1;
        return (start > 0 || _lineStarts) && text.AsSpan(start).IsWhiteSpace() ? text[..start] : text;
    }

    private void SkipComment()
    {
        var end = _source.IndexOf("#}", _position, StringComparison.Ordinal);
        if (end < 0)
            throw JinjaException.Syntax("Missing end of comment tag", _line);
        var sign = end > _position ? _source[end - 1] : ' ';
        _line += Lines(_source.AsSpan(_position, end - _position));
        _position = end + 2;
        AfterBlock(sign);
    }

    private bool IsRaw(out int behind)
    {
        behind = SkipBlanks(_position);
        if (string.CompareOrdinal(_source, behind, "raw", 0, 3) != 0)
            return false;
        behind = SkipBlanks(behind + 3);
        return string.CompareOrdinal(_source, behind, "%}", 0, 2) == 0 || string.CompareOrdinal(_source, behind, "-%}", 0, 3) == 0;
    }

    private void ReadRaw(int behind)
    {
        var sign = _source[behind];
        _line += Lines(_source.AsSpan(_position, behind - _position));
        _position = behind + (sign == '-' ? 3 : 2);
        if (sign == '-')
            AfterBlock('-');
        for (var at = _position; ; at += 2)
        {
            at = _source.IndexOf("{%", at, StringComparison.Ordinal);
            if (at < 0)
                throw JinjaException.Syntax("Missing end of raw directive", _line);
            var opens = at + 2 < _source.Length ? _source[at + 2] : ' ';
            var word = SkipBlanks(at + 2 + (opens is '-' or '+' ? 1 : 0));
            if (string.CompareOrdinal(_source, word, "endraw", 0, 6) != 0)
                continue;
            var end = SkipBlanks(word + 6);
            var closes = end < _source.Length ? _source[end] : ' ';
            end += closes is '-' or '+' ? 1 : 0;
            if (string.CompareOrdinal(_source, end, "%}", 0, 2) != 0)
                continue;
            var text = Before(_source[_position..at], opens, '%');
            AddText(text);
            _line += Lines(_source.AsSpan(_position + text.Length, end - _position - text.Length));
            _position = end + 2;
            AfterBlock(closes);
            return;
        }
    }

    private void ReadCode(bool block)
    {
        Add(block ? TokenKind.BlockBegin : TokenKind.VariableBegin, "");
        var reader = new CodeReader(_source, _position, _line, block);
        while (reader.Read() is { } token)
            _tokens.Add(token);
        (_position, _line) = (reader.Position, reader.Line);
        Add(block ? TokenKind.BlockEnd : TokenKind.VariableEnd, "");
        if (block || reader.Sign == '-')
            AfterBlock(reader.Sign);
        else
            _lineStarts = false;
    }

    // White space behind a tag, as its sign leaves it.
    private void AfterBlock(char sign)
    {
        var start = _position;
        if (sign == '-')
            _position = SkipBlanks(_position);
        else if (sign != '+' && _position < _source.Length && _source[_position] == '\n')
            _position++;
        _line += Lines(_source.AsSpan(start, _position - start));
        _lineStarts = _source[_position - 1] == '\n';
    }

    private int SkipBlanks(int position)
    {
        while (position < _source.Length && char.IsWhiteSpace(_source[position]))
            position++;
        return position;
    }

    private void AddText(string text)
    {
        if (text.Length > 0)
            Add(TokenKind.Text, text);
        _line += Lines(text);
    }

    private void Add(TokenKind kind, string text) => _tokens.Add(new Token(kind, text, _line));

    private static int Lines(ReadOnlySpan<char> text) => text.Count('\n');
}
