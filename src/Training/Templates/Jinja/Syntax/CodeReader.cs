using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>Reads the tokens within one tag, up to its end.</summary>
internal sealed class CodeReader(string source, int position, int line, bool block)
{
    private static readonly string[] Operators = ["//", "**", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"];

    private readonly Stack<char> _open = new();
    private readonly string _end = block ? "%}" : "}}";

    /// <summary>Behind what was read.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Its line.</summary>
    public int Line { get; private set; } = line;

    /// <summary>The sign before the tag's end: -, + or a blank.</summary>
    public char Sign { get; private set; } = ' ';

    /// <summary>The next token; null at the tag's end.</summary>
    public Token? Read()
    {
        while (Position < source.Length && char.IsWhiteSpace(source[Position]))
            Line += source[Position++] == '\n' ? 1 : 0;
        if (Position >= source.Length)
            throw JinjaException.Syntax($"unexpected end of template, expected '{(block ? "end of statement block" : "end of print statement")}'.", Line);
        if (_open.Count == 0 && IsEnd())
            return null;
        var character = source[Position];
        if (character is '\'' or '"')
            return ReadString(character);
        if (char.IsAsciiDigit(character))
            return ReadNumber();
        if (character == '_' || char.IsLetter(character))
            return ReadName();
        foreach (var candidate in Operators)
            if (string.CompareOrdinal(source, Position, candidate, 0, candidate.Length) == 0)
                return ReadOperator(candidate);
        throw JinjaException.Syntax($"unexpected char {Values.PythonText.Quote(character.ToString())} at {Position}", Line);
    }

    private bool IsEnd()
    {
        var signed = source[Position] == '-' || (block && source[Position] == '+');
        if (string.CompareOrdinal(source, Position + (signed ? 1 : 0), _end, 0, 2) != 0)
            return false;
        Sign = signed ? source[Position] : ' ';
        Position += signed ? 3 : 2;
        return true;
    }

    private Token ReadOperator(string text)
    {
        var character = text[0];
        if (character is '(' or '[' or '{')
        {
            _open.Push(character switch { '(' => ')', '[' => ']', _ => '}' });
        }
        else if (character is ')' or ']' or '}')
        {
            if (!_open.TryPop(out var expected))
                throw JinjaException.Syntax($"unexpected '{character}'", Line);
            if (expected != character)
                throw JinjaException.Syntax($"unexpected '{character}', expected '{expected}'", Line);
        }

        Position += text.Length;
        return new Token(TokenKind.Operator, text, Line);
    }

    private Token ReadName()
    {
        var start = Position;
        while (Position < source.Length && (source[Position] == '_' || char.IsLetterOrDigit(source[Position])))
            Position++;
        return new Token(TokenKind.Name, source[start..Position], Line);
    }

    private Token ReadNumber()
    {
        var start = Position;
        if (source[Position] == '0' && Position + 1 < source.Length && char.ToLowerInvariant(source[Position + 1]) is 'x' or 'o' or 'b')
        {
            Position += 2;
            while (Position < source.Length && (char.IsAsciiHexDigit(source[Position]) || source[Position] == '_'))
                Position++;
            return new Token(TokenKind.Integer, source[start..Position], Line);
        }

        SkipDigits();
        var real = false;
        if (Position + 1 < source.Length && source[Position] == '.' && char.IsAsciiDigit(source[Position + 1]))
        {
            real = true;
            Position++;
            SkipDigits();
        }

        var exponent = Position;
        if (exponent < source.Length && source[exponent] is 'e' or 'E')
        {
            exponent += exponent + 1 < source.Length && source[exponent + 1] is '+' or '-' ? 2 : 1;
            if (exponent < source.Length && char.IsAsciiDigit(source[exponent]))
            {
                real = true;
                Position = exponent;
                SkipDigits();
            }
        }

        return new Token(real ? TokenKind.Float : TokenKind.Integer, source[start..Position].Replace("_", "", StringComparison.Ordinal), Line);
    }

    private void SkipDigits()
    {
        while (Position < source.Length && (char.IsAsciiDigit(source[Position]) || (source[Position] == '_' && Position + 1 < source.Length && char.IsAsciiDigit(source[Position + 1]))))
            Position++;
    }

    private Token ReadString(char quote)
    {
        var first = Line;
        var output = new StringBuilder();
        for (Position++; ; Position++)
        {
            if (Position >= source.Length)
                throw JinjaException.Syntax("unexpected end of template: a string is not closed", first);
            var character = source[Position];
            if (character == quote)
                break;
            if (character == '\n')
                Line++;
            if (character == '\\' && Position + 1 < source.Length)
                Escape(output);
            else
                output.Append(character);
        }

        Position++;
        return new Token(TokenKind.String, output.ToString(), first);
    }

    // At a backslash; afterwards at the last character of the escape.
    private void Escape(StringBuilder output)
    {
        var character = source[++Position];
        var simple = "abfnrtv\\'\"".IndexOf(character, StringComparison.Ordinal);
        if (simple >= 0)
        {
            output.Append("\a\b\f\n\r\t\v\\'\""[simple]);
            return;
        }

        switch (character)
        {
            case '\n':
                Line++;
                return;
            case 'x':
                Hex(2, output);
                return;
            case 'u':
                Hex(4, output);
                return;
            case 'U':
                Hex(8, output);
                return;
            case >= '0' and <= '7':
                var digits = 1;
                while (digits < 3 && Position + digits < source.Length && source[Position + digits] is >= '0' and <= '7')
                    digits++;
                output.Append((char)Convert.ToInt32(source.Substring(Position, digits), 8));
                Position += digits - 1;
                return;
            default:
                output.Append('\\').Append(character);
                return;
        }
    }

    private void Hex(int digits, StringBuilder output)
    {
        if (Position + digits >= source.Length || !int.TryParse(source.AsSpan(Position + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code is < 0 or > 0x10ffff)
            throw JinjaException.Syntax($"an escape in a string does not have {digits} hexadecimal digits", Line);
        _ = code is >= 0xd800 and < 0xe000 || code < 0x10000 ? output.Append((char)code) : output.Append(char.ConvertFromUtf32(code));
        Position += digits;
    }
}
