using System.Text;

namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>Every word is one token; words out of the vocabulary are the unknown token.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, int unknownId) : ITokenModel
{
    public string?[] Tokens => vocabulary.Tokens;

    public int? IdOf(string token) => vocabulary.IdOf(token);

    public ModelToken[] Encode(ReadOnlySpan<char> word) => [new ModelToken(vocabulary.IdOf(word) ?? unknownId, 0, Encoding.UTF8.GetByteCount(word))];
}
