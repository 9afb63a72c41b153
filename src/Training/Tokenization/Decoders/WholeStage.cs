using System.Text;

namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>Collects the parts of the only token, for steps that need it whole; its text comes at the end.</summary>
internal sealed class WholeStage(DecoderStage next) : DecoderStage(next)
{
    private readonly StringBuilder _text = new();

    public override void Add(string piece) => _text.Append(piece);

    public override void Finish()
    {
        Give(_text.ToString());
        base.Finish();
    }
}
