using System.Text;
using MedicalGpt.Training.Tokenization.Patterns;

namespace MedicalGpt.Training.Tokenization.Decoders;

/// <summary>Replace: puts text where a pattern matches within a token.</summary>
internal sealed class ReplaceStage(DecoderStage next, IPattern pattern, string content) : DecoderStage(next)
{
    private const int Limit = 1 << 24;

    public override void Add(string piece)
    {
        var matches = new List<TextRange>();
        pattern.Find(piece, matches);
        if (matches.Count == 0)
        {
            Give(piece);
            return;
        }

        if (piece.Length + ((long)matches.Count * content.Length) > Limit)
            throw new MedicalGptException("The tokenizer's decoder makes a token too long.") { Place = "tokenizer.json, decoder", Allowed = $"at most {Limit} characters" };
        var text = new StringBuilder(piece.Length);
        var end = 0;
        foreach (var match in matches)
        {
            text.Append(piece, end, match.Start - end).Append(content);
            end = match.End;
        }

        Give(text.Append(piece, end, piece.Length - end).ToString());
    }
}
