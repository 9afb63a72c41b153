namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>Tokens one after the other.</summary>
internal sealed class TokenStream(IReadOnlyList<Token> tokens, int maxNesting)
{
    private int _index;
    private int _nesting;

    /// <summary>The token at hand.</summary>
    public Token Current => tokens[_index];

    /// <summary>The one behind it.</summary>
    public Token Ahead => tokens[Math.Min(_index + 1, tokens.Count - 1)];

    /// <summary>Takes the token at hand.</summary>
    public Token Take()
    {
        var token = tokens[_index];
        _index = Math.Min(_index + 1, tokens.Count - 1);
        return token;
    }

    /// <summary>Takes an operator if it is at hand.</summary>
    public bool TakeOperator(string text) => Take(Current.IsOperator(text));

    /// <summary>Takes a word if it is at hand.</summary>
    public bool TakeName(string text) => Take(Current.IsName(text));

    /// <summary>Takes an operator that must be there.</summary>
    public void ExpectOperator(string text)
    {
        if (!TakeOperator(text))
            throw Unexpected(text);
    }

    /// <summary>Takes a word that must be there.</summary>
    public void ExpectName(string text)
    {
        if (!TakeName(text))
            throw Unexpected(text);
    }

    /// <summary>Takes any word.</summary>
    public string ExpectName() => Expect(TokenKind.Name, "name").Text;

    /// <summary>Takes a token that must be there.</summary>
    public Token Expect(TokenKind kind, string description) => Current.Kind == kind ? Take() : throw Unexpected(description);

    /// <summary>The error that something else was expected.</summary>
    public JinjaException Unexpected(string expected) => JinjaException.Syntax($"expected token '{expected}', got '{Current.Description}'", Current.Line);

    /// <summary>Goes one level deeper; counts until <see cref="Up"/>.</summary>
    public void Down()
    {
        if (++_nesting > maxNesting)
            throw JinjaException.Syntax($"more than {maxNesting} levels within each other", Current.Line);
        Meter.EnsureStack();
    }

    /// <summary>Comes up again.</summary>
    public void Up() => _nesting--;

    /// <summary>Bounds a chain of operators, whose value is computed level by level.</summary>
    public void Chain(int length)
    {
        if (length > maxNesting)
            throw JinjaException.Syntax($"more than {maxNesting} operators in a row", Current.Line);
    }

    private bool Take(bool found)
    {
        if (found)
            Take();
        return found;
    }
}
