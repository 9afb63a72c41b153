using System.Globalization;
using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>Reads expressions, loosest binding first.</summary>
internal sealed class ExpressionParser(TokenStream stream)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    /// <summary>Every variable that was read, in order.</summary>
    public List<string> Names { get; } = [];

    /// <summary>An expression.</summary>
    public Expression Read(bool conditional = true)
    {
        stream.Down();
        var expression = conditional ? ReadConditional() : ReadOr();
        stream.Up();
        return expression;
    }

    /// <summary>Expressions with commas between are a tuple.</summary>
    public Expression ReadTuple(bool conditional = true, bool parentheses = false)
    {
        var line = stream.Current.Line;
        var items = new List<Expression>();
        var isTuple = false;
        while (!EndsTuple(items.Count > 0))
        {
            items.Add(Read(conditional));
            if (!stream.TakeOperator(","))
                break;
            isTuple = true;
        }

        if (isTuple || (items.Count == 0 && parentheses))
            return new ListLiteral(items, true, line);
        return items.Count == 1 ? items[0] : throw JinjaException.Syntax($"Expected an expression, got '{stream.Current.Description}'", line);
    }

    /// <summary>Filters behind an expression.</summary>
    public Expression ReadFilters(Expression target)
    {
        for (var length = 0; ; stream.Chain(++length))
        {
            if (stream.Current.IsOperator("|"))
                target = ReadFilter(target);
            else if (stream.Current.IsName("is"))
                target = ReadTest(target);
            else if (stream.Current.IsOperator("("))
                target = ReadCall(target);
            else
                return target;
        }
    }

    /// <summary>A filter, the bar before its name included.</summary>
    public Expression ReadFilter(Expression target)
    {
        stream.ExpectOperator("|");
        return ReadFilterName(target);
    }

    /// <summary>A filter from its name on.</summary>
    public Expression ReadFilterName(Expression target)
    {
        var line = stream.Current.Line;
        var name = ReadDottedName();
        return new FilterCall(target, name, stream.Current.IsOperator("(") ? ReadArguments() : Arguments.None, line);
    }

    /// <summary>A primary expression.</summary>
    public Expression ReadPrimary()
    {
        var token = stream.Take();
        switch (token.Kind)
        {
            case TokenKind.Name:
                return Word(token);
            case TokenKind.String:
                var text = token.Text;
                while (stream.Current.Kind == TokenKind.String)
                    text += stream.Take().Text;
                return new Constant(new StringValue(text), token.Line);
            case TokenKind.Integer:
                return new Constant(Whole(token), token.Line);
            case TokenKind.Float:
                return new Constant(new FloatValue(double.Parse(token.Text, CultureInfo.InvariantCulture)), token.Line);
            case TokenKind.Operator when token.Text == "(":
                stream.Down();
                var inner = ReadTuple(parentheses: true);
                stream.Up();
                stream.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return ReadList(token.Line);
            case TokenKind.Operator when token.Text == "{":
                return ReadDictionary(token.Line);
            default:
                throw JinjaException.Syntax($"unexpected '{token.Description}'", token.Line);
        }
    }

    /// <summary>A call's arguments with their parentheses.</summary>
    public Arguments ReadArguments()
    {
        var line = stream.Current.Line;
        stream.ExpectOperator("(");
        var positional = new List<Expression>();
        var named = new List<KeyValuePair<string, Expression>>();
        Expression? list = null;
        Expression? dictionary = null;
        while (!stream.TakeOperator(")"))
        {
            if (positional.Count + named.Count > 0 || list is not null || dictionary is not null)
            {
                stream.ExpectOperator(",");
                if (stream.TakeOperator(")"))
                    break;
            }

            if (stream.TakeOperator("*"))
                list = list is null && dictionary is null ? Read() : throw WrongCall(line);
            else if (stream.TakeOperator("**"))
                dictionary = dictionary is null ? Read() : throw WrongCall(line);
            else if (stream.Current.Kind == TokenKind.Name && stream.Ahead.IsOperator("="))
                named.Add(ReadNamed());
            else
                positional.Add(named.Count == 0 && list is null && dictionary is null ? Read() : throw WrongCall(line));
        }

        return new Arguments(positional, named, list, dictionary);
    }

    private static JinjaException WrongCall(int line) => JinjaException.Syntax("invalid syntax for function call expression", line);

    private KeyValuePair<string, Expression> ReadNamed()
    {
        var name = stream.ExpectName();
        stream.ExpectOperator("=");
        return new(name, Read());
    }

    private bool EndsTuple(bool begun) => stream.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd or TokenKind.End || stream.Current.IsOperator(")") || (begun && stream.Current.IsName("recursive"));

    private Expression ReadConditional()
    {
        var line = stream.Current.Line;
        var expression = ReadOr();
        for (var length = 0; stream.TakeName("if"); stream.Chain(++length))
        {
            var test = ReadOr();
            var otherwise = stream.TakeName("else") ? Read() : null;
            expression = new Conditional(test, expression, otherwise, line);
        }

        return expression;
    }

    private Expression ReadOr() => ReadChain(ReadAnd, () => stream.TakeName("or") ? "or" : null, (_, left, right, line) => new Logic(left, right, false, line));

    private Expression ReadAnd() => ReadChain(ReadNot, () => stream.TakeName("and") ? "and" : null, (_, left, right, line) => new Logic(left, right, true, line));

    private Expression ReadNot()
    {
        if (!stream.Current.IsName("not"))
            return ReadComparison();
        var line = stream.Take().Line;
        stream.Down();
        var operand = ReadNot();
        stream.Up();
        return new Negation(operand, line);
    }

    private Expression ReadComparison()
    {
        var line = stream.Current.Line;
        var first = ReadSum();
        var others = new List<KeyValuePair<string, Expression>>();
        while (TakeComparison() is { } sign)
            others.Add(new(sign, ReadSum()));
        return others.Count == 0 ? first : new Comparison(first, others, line);
    }

    private string? TakeComparison()
    {
        if (stream.Current.Kind == TokenKind.Operator && Comparisons.Contains(stream.Current.Text))
            return stream.Take().Text;
        if (stream.TakeName("in"))
            return "in";
        if (!stream.Current.IsName("not") || !stream.Ahead.IsName("in"))
            return null;
        stream.Take();
        stream.Take();
        return "not in";
    }

    private Expression ReadSum() => ReadChain(ReadConcatenation, () => TakeAny("+", "-"), (sign, left, right, line) => new Binary(sign, left, right, line));

    private Expression ReadConcatenation()
    {
        var line = stream.Current.Line;
        var parts = new List<Expression> { ReadProduct() };
        while (stream.TakeOperator("~"))
            parts.Add(ReadProduct());
        return parts.Count == 1 ? parts[0] : new Concatenation(parts, line);
    }

    private Expression ReadProduct() => ReadChain(ReadPower, () => TakeAny("*", "/", "//", "%"), (sign, left, right, line) => new Binary(sign, left, right, line));

    private Expression ReadPower() => ReadChain(() => ReadUnary(), () => TakeAny("**"), (sign, left, right, line) => new Binary(sign, left, right, line));

    private Expression ReadChain(Func<Expression> operand, Func<string?> take, Func<string, Expression, Expression, int, Expression> join)
    {
        var line = stream.Current.Line;
        var left = operand();
        for (var length = 0; take() is { } sign; stream.Chain(++length))
            left = join(sign, left, operand(), line);
        return left;
    }

    private string? TakeAny(params ReadOnlySpan<string> operators) =>
        stream.Current.Kind == TokenKind.Operator && operators.Contains(stream.Current.Text) ? stream.Take().Text : null;

    private Expression ReadUnary(bool filters = true)
    {
        var token = stream.Current;
        Expression expression;
        if (token.IsOperator("-") || token.IsOperator("+"))
        {
            stream.Take();
            stream.Down();
            expression = new Sign(ReadUnary(filters: false), token.Text == "-", token.Line);
            stream.Up();
        }
        else
        {
            expression = ReadPrimary();
        }

        expression = ReadPostfix(expression);
        return filters ? ReadFilters(expression) : expression;
    }

    private Expression ReadPostfix(Expression target)
    {
        for (var length = 0; ; stream.Chain(++length))
        {
            var token = stream.Current;
            if (stream.TakeOperator("."))
                target = stream.Current.Kind == TokenKind.Integer ? new Subscript(target, new Constant(Whole(stream.Take()), token.Line), token.Line) : new Attribute(target, stream.ExpectName(), token.Line);
            else if (stream.TakeOperator("["))
                target = ReadSubscript(target, token.Line);
            else if (token.IsOperator("("))
                target = ReadCall(target);
            else
                return target;
        }
    }

    private Call ReadCall(Expression target)
    {
        var line = stream.Current.Line;
        return new Call(target, ReadArguments(), line);
    }

    private Expression ReadSubscript(Expression target, int line)
    {
        var start = stream.Current.IsOperator(":") ? null : ReadTuple();
        if (!stream.TakeOperator(":"))
        {
            stream.ExpectOperator("]");
            return new Subscript(target, start!, line);
        }

        var stop = stream.Current.IsOperator(":") || stream.Current.IsOperator("]") ? null : Read();
        var step = stream.TakeOperator(":") && !stream.Current.IsOperator("]") ? Read() : null;
        stream.ExpectOperator("]");
        return new Slice(target, start, stop, step, line);
    }

    private Expression ReadTest(Expression target)
    {
        var line = stream.Take().Line;
        var negated = stream.TakeName("not");
        var name = ReadDottedName();
        var arguments = Arguments.None;
        if (stream.Current.IsOperator("("))
            arguments = ReadArguments();
        else if (TakesArgument(stream.Current))
            arguments = new Arguments([ReadPostfix(ReadPrimary())], [], null, null);
        Expression test = new TestCall(target, name, arguments, line);
        return negated ? new Negation(test, line) : test;
    }

    private static bool TakesArgument(Token token)
    {
        if (token.IsName("is"))
            throw JinjaException.Syntax("You cannot chain multiple tests with is", token.Line);
        return token.Kind switch
        {
            TokenKind.Name => token.Text is not ("else" or "or" or "and"),
            TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
            TokenKind.Operator => token.Text is "[" or "{",
            _ => false,
        };
    }

    private string ReadDottedName()
    {
        var name = stream.ExpectName();
        while (stream.TakeOperator("."))
            name += "." + stream.ExpectName();
        return name;
    }

    private Expression Word(Token token)
    {
        switch (token.Text)
        {
            case "true" or "True":
                return new Constant(BoolValue.True, token.Line);
            case "false" or "False":
                return new Constant(BoolValue.False, token.Line);
            case "none" or "None":
                return new Constant(NoneValue.Instance, token.Line);
            default:
                Names.Add(token.Text);
                return new Name(token.Text, token.Line);
        }
    }

    private ListLiteral ReadList(int line)
    {
        var items = new List<Expression>();
        while (!stream.TakeOperator("]"))
        {
            if (items.Count > 0)
            {
                stream.ExpectOperator(",");
                if (stream.TakeOperator("]"))
                    break;
            }

            items.Add(Read());
        }

        return new ListLiteral(items, false, line);
    }

    private DictLiteral ReadDictionary(int line)
    {
        var entries = new List<KeyValuePair<Expression, Expression>>();
        while (!stream.TakeOperator("}"))
        {
            if (entries.Count > 0)
            {
                stream.ExpectOperator(",");
                if (stream.TakeOperator("}"))
                    break;
            }

            var key = Read();
            stream.ExpectOperator(":");
            entries.Add(new(key, Read()));
        }

        return new DictLiteral(entries, line);
    }

    private static IntValue Whole(Token token)
    {
        var text = token.Text.Replace("_", "", StringComparison.Ordinal);
        if (text.Length > 4000)
            throw JinjaException.Syntax("a whole number has more than 4,000 digits", token.Line);
        if (text.Length < 2 || text[0] != '0' || !char.IsLetter(text[1]))
            return new IntValue(BigInteger.Parse(text, CultureInfo.InvariantCulture));
        var radix = char.ToLowerInvariant(text[1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
        var value = BigInteger.Zero;
        foreach (var digit in text[2..])
        {
            var number = Convert.ToInt32(digit.ToString(), 16);
            value = number < radix ? (value * radix) + number : throw JinjaException.Syntax($"unexpected '{digit}' in a number", token.Line);
        }

        return new IntValue(value);
    }
}
