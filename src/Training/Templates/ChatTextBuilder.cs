using System.Text;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>Builds a rendered dialogue and remembers who wrote what.</summary>
internal sealed class ChatTextBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<TextRange> _learned = [];
    private readonly List<TextRange> _content = [];

    /// <summary>The current end of the text.</summary>
    public int Position => _text.Length;

    /// <summary>Appends text of the template.</summary>
    public ChatTextBuilder Template(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Appends text of a message.</summary>
    public ChatTextBuilder Content(string text)
    {
        if (text.Length > 0)
            _content.Add(new TextRange(_text.Length, _text.Length + text.Length));
        _text.Append(text);
        return this;
    }

    /// <summary>Marks everything from a position to the end as written by the assistant.</summary>
    public void LearnFrom(int start) => _learned.Add(new TextRange(start, _text.Length));

    /// <summary>The result.</summary>
    public RenderedChat Build() => new(_text.ToString(), _learned, _content);
}
