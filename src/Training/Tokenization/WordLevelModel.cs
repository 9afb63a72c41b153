using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Every word is one token; words out of the vocabulary are the unknown token.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, int unknownId) : ITokenModel
{
    public string?[] Tokens => vocabulary.Tokens;

    public string Separator => " ";

    public int? IdOf(string token) => vocabulary.IdOf(token);

    public int[] Encode(ReadOnlySpan<char> word) => [vocabulary.IdOf(word) ?? unknownId];

    public int ByteLength(int id, ReadOnlySpan<char> word) => Encoding.UTF8.GetByteCount(word);

    public byte[] BytesOf(string token) => Encoding.UTF8.GetBytes(token);
}
