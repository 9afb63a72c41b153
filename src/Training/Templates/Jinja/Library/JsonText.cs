using System.Globalization;
using System.Text;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Library;

/// <summary>Python's <c>json.dumps</c>, as the <c>tojson</c> filter of chat templates calls it.</summary>
internal sealed class JsonText
{
    private readonly RenderContext _context;
    private readonly StringBuilder _output = new();
    private readonly bool _ascii;
    private readonly bool _sorted;
    private readonly string? _indent;
    private readonly string _between;
    private readonly string _colon;
    private int? _source;
    private int _counted;

    private JsonText(CallArguments arguments, RenderContext context)
    {
        var bound = arguments.Bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
        _context = context;
        _ascii = bound[0]?.IsTrue ?? false;
        _indent = bound[1] switch
        {
            null or NoneValue => null,
            StringValue text => text.Text,
            var number => new string(' ', Math.Clamp(Numbers.Index(Arithmetic.Used(number)) ?? throw JinjaException.Type("indent must be a number or a string"), 0, 1000)),
        };
        (_between, _colon) = bound[2] is null or NoneValue ? (_indent is null ? ", " : ",", ": ") : Separators(bound[2]!, context);
        _sorted = bound[3]?.IsTrue ?? false;
    }

    /// <summary>A value as JSON; content as a whole where anything in it is.</summary>
    public static StringValue Write(Value value, CallArguments arguments, RenderContext context)
    {
        var writer = new JsonText(arguments, context);
        writer.Write(value, 0);
        writer.Count();
        return StringValue.Content(writer._output.ToString(), writer._source);
    }

    private static (string Between, string Colon) Separators(Value value, RenderContext context)
    {
        var items = Sequences.Items(value, context);
        return items.Count == 2 ? (StringMethods.Text(items[0], "tojson").Text, StringMethods.Text(items[1], "tojson").Text) : throw JinjaException.Value("separators must be two strings");
    }

    private void Write(Value value, int level)
    {
        Meter.EnsureStack();
        _context.Meter.Step();
        switch (value)
        {
            case StringValue text:
                _source ??= text.Source;
                WriteString(text.Text);
                break;
            case NoneValue:
                _output.Append("null");
                break;
            case BoolValue truth:
                _output.Append(truth.IsTrue ? "true" : "false");
                break;
            case IntValue number:
                _output.Append(CultureInfo.InvariantCulture, $"{number.Number}");
                break;
            case FloatValue number:
                _output.Append(Real(number.Number));
                break;
            case ListValue list:
                WriteAll('[', ']', list.Items, level, item => Write(item, level + 1));
                break;
            case DictValue dictionary:
                var entries = dictionary.Entries.Select(e => (Key: Key(e.Key), e.Value)).ToList();
                if (_sorted)
                    entries = [.. entries.OrderBy(e => e.Key, StringComparer.Ordinal)];
                WriteAll('{', '}', entries, level, entry =>
                {
                    WriteString(entry.Key);
                    _output.Append(_colon);
                    Write(entry.Value, level + 1);
                });
                break;
            default:
                throw JinjaException.Type($"Object of type {value.TypeName} is not JSON serializable");
        }

        Count();
    }

    private void WriteAll<T>(char open, char close, IReadOnlyCollection<T> items, int level, Action<T> write)
    {
        _output.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                _output.Append(_between);
            first = false;
            Break(level + 1);
            write(item);
        }

        if (items.Count > 0)
            Break(level);
        _output.Append(close);
    }

    private void Break(int level)
    {
        if (_indent is null)
            return;
        _context.Meter.Make((long)_indent.Length * level);
        _output.Append('\n').Insert(_output.Length, _indent, level);
        _counted = _output.Length;
    }

    private void Count()
    {
        _context.Meter.Make(_output.Length - _counted);
        _counted = _output.Length;
    }

    private string Key(Value key) => key switch
    {
        StringValue text => Text(text),
        NoneValue => "null",
        BoolValue truth => truth.IsTrue ? "true" : "false",
        IntValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue number => Real(number.Number),
        _ => throw JinjaException.Type($"keys must be str, int, float, bool or None, not {key.TypeName}"),
    };

    private string Text(StringValue text)
    {
        _source ??= text.Source;
        return text.Text;
    }

    private static string Real(double number) => double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? number > 0 ? "Infinity" : "-Infinity" : Numbers.Repr(number);

    private void WriteString(string text)
    {
        _output.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => _output.Append("\\\""),
                '\\' => _output.Append("\\\\"),
                '\n' => _output.Append("\\n"),
                '\r' => _output.Append("\\r"),
                '\t' => _output.Append("\\t"),
                '\b' => _output.Append("\\b"),
                '\f' => _output.Append("\\f"),
                < ' ' => _output.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                > '\u007e' when _ascii => character == '\u007f' ? _output.Append(character) : _output.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => _output.Append(character),
            };
        }

        _output.Append('"');
    }
}
