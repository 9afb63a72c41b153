using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>Reads statements.</summary>
internal sealed class TemplateParser
{
    private readonly TokenStream _stream;
    private readonly ExpressionParser _expressions;
    private int _loops;

    private TemplateParser(TokenStream stream)
    {
        _stream = stream;
        _expressions = new ExpressionParser(stream);
    }

    /// <summary>Reads a template.</summary>
    /// <exception cref="JinjaException">Its text is wrong.</exception>
    public static IReadOnlyList<Statement> Parse(string source, JinjaLimits limits)
    {
        if (source.Length > limits.TemplateCharacters)
            throw JinjaException.Limit($"the template has {source.Length:N0} characters, more than {limits.TemplateCharacters:N0}");
        var parser = new TemplateParser(new TokenStream(Lexer.Read(source), limits.Nesting));
        return parser.ReadUntil([]);
    }

    // Up to one of the words, which is left at hand behind its block's begin; without words up to the template's end.
    private List<Statement> ReadUntil(params string[] ends)
    {
        _stream.Down();
        var statements = new List<Statement>();
        while (true)
        {
            var token = _stream.Take();
            switch (token.Kind)
            {
                case TokenKind.Text:
                    statements.Add(new Text(new StringValue(token.Text), token.Line));
                    break;
                case TokenKind.VariableBegin:
                    statements.Add(new Print(_expressions.ReadTuple(), token.Line));
                    _stream.Expect(TokenKind.VariableEnd, "end of print statement");
                    break;
                case TokenKind.BlockBegin when ends.Any(_stream.Current.IsName):
                    _stream.Up();
                    return statements;
                case TokenKind.BlockBegin:
                    statements.Add(ReadStatement());
                    _stream.Expect(TokenKind.BlockEnd, "end of statement block");
                    break;
                default:
                    if (ends.Length > 0)
                        throw JinjaException.Syntax($"Unexpected end of template. Jinja was looking for the following tags: {string.Join(" or ", ends.Select(e => $"'{e}'"))}.", token.Line);
                    _stream.Up();
                    return statements;
            }
        }
    }

    private Statement ReadStatement()
    {
        var token = _stream.Expect(TokenKind.Name, "name");
        switch (token.Text)
        {
            case "if":
                return ReadIf(token.Line);
            case "for":
                return ReadFor(token.Line);
            case "set":
                return ReadSet(token.Line);
            case "macro":
                return ReadMacro(token.Line);
            case "call":
                return ReadCall(token.Line);
            case "filter":
                var filter = ReadFilters(_expressions.ReadFilterName);
                return new FilterBlock(filter, ReadBody("endfilter"), token.Line);
            case "with":
                return ReadWith(token.Line);
            case "generation":
                return new Generation(ReadBody("endgeneration"), token.Line);
            case "print":
                return new Print(ReadPrinted(token.Line), token.Line);
            case "break" or "continue":
                if (_loops == 0)
                    throw JinjaException.Syntax($"'{token.Text}' outside of a loop", token.Line);
                return new Jump(token.Text == "break" ? Flow.Break : Flow.Continue, token.Line);
            case "block" or "extends" or "include" or "import" or "from" or "do" or "autoescape" or "trans":
                throw JinjaException.Syntax($"the tag '{token.Text}' has no place in a chat template", token.Line);
            default:
                throw JinjaException.Syntax($"Encountered unknown tag '{token.Text}'.", token.Line);
        }
    }

    // From the end of the opening tag to the closing word; its tag's end is left to the caller.
    private List<Statement> ReadBody(string end)
    {
        _stream.Expect(TokenKind.BlockEnd, "end of statement block");
        var body = ReadUntil(end);
        _stream.ExpectName(end);
        return body;
    }

    private If ReadIf(int line)
    {
        var branches = new List<KeyValuePair<Expression, IReadOnlyList<Statement>>>();
        while (true)
        {
            var test = _expressions.ReadTuple(conditional: false);
            _stream.Expect(TokenKind.BlockEnd, "end of statement block");
            branches.Add(new(test, ReadUntil("elif", "else", "endif")));
            var word = _stream.Take().Text;
            if (word == "elif")
                continue;
            return new If(branches, word == "else" ? ReadBody("endif") : [], line);
        }
    }

    private For ReadFor(int line)
    {
        var target = ReadTargets("in");
        _stream.ExpectName("in");
        var items = _expressions.ReadTuple(conditional: false);
        var test = _stream.TakeName("if") ? _expressions.Read() : null;
        var recursive = _stream.TakeName("recursive");
        _stream.Expect(TokenKind.BlockEnd, "end of statement block");
        _loops++;
        var body = ReadUntil("endfor", "else");
        _loops--;
        return new For(target, items, test, body, _stream.Take().Text == "else" ? ReadBody("endfor") : [], recursive, line);
    }

    private Statement ReadSet(int line)
    {
        var target = ReadTargets("=");
        if (_stream.TakeOperator("="))
            return new Assign(target, _expressions.ReadTuple(), line);
        Func<Expression, Expression> filter = _stream.TakeOperator("|") ? ReadFilters(_expressions.ReadFilterName) : text => text;
        return new AssignBlock(target, filter, ReadBody("endset"), line);
    }

    // Filters are read once on a place holder and put on the text when there is one.
    private Func<Expression, Expression> ReadFilters(Func<Expression, Expression> readFirst)
    {
        var place = new Constant(NoneValue.Instance, _stream.Current.Line);
        var chain = new List<FilterCall>();
        var filter = (FilterCall)readFirst(place);
        chain.Add(filter);
        while (_stream.Current.IsOperator("|"))
            chain.Add((FilterCall)_expressions.ReadFilter(place));
        return text => chain.Aggregate(text, (target, next) => next with { Target = target });
    }

    private Macro ReadMacro(int line)
    {
        var name = _stream.ExpectName();
        return ReadMacro(name, ReadParameters(), "endmacro", line);
    }

    private Macro ReadMacro(string name, IReadOnlyList<KeyValuePair<string, Expression?>> parameters, string end, int line)
    {
        var first = _expressions.Names.Count;
        var loops = _loops;
        _loops = 0;
        var body = ReadBody(end);
        _loops = loops;
        var names = _expressions.Names.Skip(first).ToHashSet();
        return new Macro(name, parameters, body, names.Contains("varargs"), names.Contains("kwargs"), line);
    }

    private CallBlock ReadCall(int line)
    {
        var parameters = _stream.Current.IsOperator("(") ? ReadParameters() : [];
        if (_expressions.Read() is not Call call)
            throw JinjaException.Syntax("expected call", line);
        return new CallBlock(ReadMacro("caller", parameters, "endcall", line), call, line);
    }

    private Concatenation ReadPrinted(int line)
    {
        var parts = new List<Expression> { _expressions.Read() };
        while (_stream.TakeOperator(","))
            parts.Add(_expressions.Read());
        return new Concatenation(parts, line);
    }

    private List<KeyValuePair<string, Expression?>> ReadParameters()
    {
        var parameters = new List<KeyValuePair<string, Expression?>>();
        _stream.ExpectOperator("(");
        while (!_stream.TakeOperator(")"))
        {
            if (parameters.Count > 0)
                _stream.ExpectOperator(",");
            var name = _stream.ExpectName();
            var fallback = _stream.TakeOperator("=") ? _expressions.Read() : null;
            if (fallback is null && parameters.Exists(p => p.Value is not null))
                throw JinjaException.Syntax("non-default argument follows default argument", _stream.Current.Line);
            parameters.Add(new(name, fallback));
        }

        return parameters;
    }

    private With ReadWith(int line)
    {
        var values = new List<KeyValuePair<Target, Expression>>();
        while (_stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (values.Count > 0)
                _stream.ExpectOperator(",");
            var target = ReadTarget();
            _stream.ExpectOperator("=");
            values.Add(new(target, _expressions.Read()));
        }

        return new With(values, ReadBody("endwith"), line);
    }

    private Target ReadTargets(string end)
    {
        var targets = new List<Target> { ReadTarget() };
        var isTuple = false;
        while (_stream.TakeOperator(","))
        {
            isTuple = true;
            if (_stream.Current.IsName(end) || _stream.Current.IsOperator(end))
                break;
            targets.Add(ReadTarget());
        }

        return isTuple ? new TupleTarget(targets) : targets[0];
    }

    private Target ReadTarget()
    {
        if (_stream.TakeOperator("("))
        {
            _stream.Down();
            var inner = ReadTargets(")");
            _stream.Up();
            _stream.ExpectOperator(")");
            return inner;
        }

        var name = _stream.ExpectName();
        if (name is "true" or "True" or "false" or "False" or "none" or "None")
            throw JinjaException.Syntax("can't assign to 'const'", _stream.Current.Line);
        return _stream.TakeOperator(".") ? new NamespaceTarget(name, _stream.ExpectName()) : new NameTarget(name);
    }
}
