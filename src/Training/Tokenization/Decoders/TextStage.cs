using System.Text;

namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>The last step: collects the text.</summary>
internal sealed class TextStage() : DecoderStage(null)
{
    private readonly StringBuilder _text = new();

    public override void Add(string piece) => _text.Append(piece);

    /// <summary>The text since it was last taken.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }
}
