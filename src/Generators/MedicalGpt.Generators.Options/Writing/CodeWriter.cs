using System.Text;

namespace MedicalGpt.Generators.Options.Writing;

/// <summary>Writes indented lines; an opening brace indents, a closing one ends it.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _depth * 4).Append(line);
        _text.Append('\n');
    }

    public void Open(string bracket = "{")
    {
        Line(bracket);
        _depth++;
    }

    public void Close(string bracket = "}")
    {
        _depth--;
        Line(bracket);
    }

    public override string ToString() => _text.ToString();
}
