using System.Globalization;
using System.Numerics;
using System.Text;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>How a value is laid out: <c>[[fill]align][sign][0][width][,][.precision][type]</c>.</summary>
internal sealed record FormatSpec
{
    private string Fill { get; init; } = " ";

    private char? Align { get; init; }

    private char Sign { get; init; } = '-';

    private int Width { get; init; }

    private bool Groups { get; init; }

    private int? Precision { get; init; }

    private char Type { get; init; } = ' ';

    /// <summary>Reads a specification as <c>format</c> writes it.</summary>
    public static FormatSpec Parse(string text)
    {
        var spec = new FormatSpec();
        var at = 0;
        if (text.Length > 1 && text[1] is '<' or '>' or '^' or '=')
            (spec, at) = (spec with { Fill = text[..1], Align = text[1] }, 2);
        else if (text.Length > 0 && text[0] is '<' or '>' or '^' or '=')
            (spec, at) = (spec with { Align = text[0] }, 1);
        if (at < text.Length && text[at] is '+' or '-' or ' ')
            spec = spec with { Sign = text[at++] };
        if (at < text.Length && text[at] == '0')
        {
            at++;
            spec = spec with { Fill = "0", Align = spec.Align ?? '=' };
        }

        spec = spec with { Width = Number(text, ref at) ?? 0 };
        if (at < text.Length && text[at] == ',')
        {
            at++;
            spec = spec with { Groups = true };
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            spec = spec with { Precision = Number(text, ref at) ?? throw JinjaException.Value("Format specifier missing precision") };
        }

        if (at < text.Length)
            spec = spec with { Type = text[at++] };
        return at == text.Length ? spec : throw JinjaException.Value($"Invalid format specifier '{text}'");
    }

    /// <summary>Reads a specification as % writes it, from behind the sign on.</summary>
    public static FormatSpec ParsePercent(string text, ref int at)
    {
        var spec = new FormatSpec { Align = '>' };
        for (; at < text.Length && text[at] is '-' or '+' or ' ' or '0' or '#'; at++)
        {
            spec = text[at] switch
            {
                '-' => spec with { Align = '<', Fill = " " },
                '0' when spec.Align != '<' => spec with { Fill = "0", Align = '=' },
                '+' or ' ' => spec with { Sign = text[at] },
                _ => spec,
            };
        }

        spec = spec with { Width = Number(text, ref at) ?? 0 };
        if (at < text.Length && text[at] == '.')
        {
            at++;
            spec = spec with { Precision = Number(text, ref at) ?? 0 };
        }

        return spec;
    }

    /// <summary>The same with a type.</summary>
    public FormatSpec As(char type) => this with { Type = type };

    /// <summary>Lays out a value.</summary>
    public StringValue Apply(Value value, RenderContext context)
    {
        if (value is StringValue or NoneValue or ListValue or DictValue || (value is BoolValue && Type is ' ' or 's'))
            return Lay(Cut(context.Text(value)), '<', context);
        if (Numbers.Of(Arithmetic.Used(value)) is not { } number)
            throw JinjaException.Type($"unsupported format string passed to {value.TypeName}.__format__");
        var text = Digits(number);
        if (Sign != '-' && !text.StartsWith('-'))
            text = Sign + text;
        return Lay(new StringValue(text), '>', context);
    }

    private string Digits(Value number)
    {
        if (Precision > 100)
            throw JinjaException.Limit("a number is to have more than 100 digits behind the point");
        if (number is IntValue whole && Type is ' ' or 'd' or 'i' or 'u' or 'n' or 'x' or 'X' or 'o' or 'b')
            return Whole(((IntValue)number).Number);
        var real = Numbers.Real(number);
        switch (Type)
        {
            case 'f' or 'F':
                return real.ToString((Groups ? "N" : "F") + (Precision ?? 6).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            case '%':
                return (real * 100).ToString("F" + (Precision ?? 6).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + "%";
            case 'e' or 'E':
                return real.ToString((Type == 'e' ? "0." : "0.") + new string('0', Precision ?? 6) + (Type == 'e' ? "e+00" : "E+00"), CultureInfo.InvariantCulture);
            case 'd' or 'i' or 'u':
                return new BigInteger(Math.Truncate(real)).ToString(CultureInfo.InvariantCulture);
            case ' ' when Precision is null:
                return Numbers.Repr(real);
            case 'g' or 'G' or ' ':
                return real.ToString("G" + Math.Max(1, Precision ?? 6).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            default:
                throw JinjaException.Value($"Unknown format code '{Type}' for object of type '{number.TypeName}'");
        }
    }

    private string Whole(BigInteger number) => Type switch
    {
        'x' or 'X' or 'o' or 'b' => (number.Sign < 0 ? "-" : "") + Radix(BigInteger.Abs(number)),
        _ => Groups ? number.ToString("N0", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture),
    };

    private string Radix(BigInteger number)
    {
        var radix = Type switch { 'o' => 8, 'b' => 2, _ => 16 };
        var output = new StringBuilder();
        do
        {
            output.Insert(0, (Type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[(int)(number % radix)]);
            number /= radix;
        }
        while (!number.IsZero);
        return output.ToString();
    }

    private StringValue Cut(StringValue text) => Precision is { } most && most < text.Text.Length ? text.Slice(0, TextIndex.Unit(text.Text, most)) : text;

    private StringValue Lay(StringValue text, char align, RenderContext context) => (Align ?? align) switch
    {
        '<' => StringMethods.Pad(text, Fill, Width, "ljust", context),
        '^' => StringMethods.Pad(text, Fill, Width, "center", context),
        '=' when Fill == "0" => StringMethods.Pad(text, Fill, Width, "zfill", context),
        _ => StringMethods.Pad(text, Fill, Width, "rjust", context),
    };

    private static int? Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at == start)
            return null;
        return at - start <= 8 ? int.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture) : throw JinjaException.Value("Too many decimal digits in format string");
    }
}
