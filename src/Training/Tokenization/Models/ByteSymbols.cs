using System.Text;

namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>A word starts as its UTF-8 bytes. A byte that the vocabulary lacks is the unknown token, or nothing where there is none, as in the reference library.</summary>
internal sealed class ByteSymbols : ISymbolReader
{
    private readonly Vocabulary _vocabulary;
    private readonly UnknownRule _unknown;
    private readonly int[] _ids;
    private readonly bool _complete;

    /// <summary>Creates a reader.</summary>
    /// <param name="vocabulary">Token strings in <see cref="ByteAlphabet"/>.</param>
    /// <param name="unknown">What becomes of bytes that are no token.</param>
    public ByteSymbols(Vocabulary vocabulary, UnknownRule unknown)
    {
        _vocabulary = vocabulary;
        _unknown = unknown;
        _ids = [.. Enumerable.Range(0, 256).Select(b => vocabulary.IdOf([ByteAlphabet.ToCharacter((byte)b)]) ?? -1)];
        _complete = !_ids.Contains(-1);
    }

    public (int[] Ids, int[] Lengths) Read(ReadOnlySpan<char> word)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(word)];
        Encoding.UTF8.GetBytes(word, bytes);
        var symbols = new SymbolList(bytes.Length, _unknown);
        if (!_complete)
        {
            foreach (var value in bytes)
                symbols.Add(_ids[value], 1);
            return symbols.Finish();
        }

        var ids = new int[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            ids[i] = _ids[bytes[i]];
        var lengths = new int[bytes.Length];
        Array.Fill(lengths, 1);
        return (ids, lengths);
    }

    public int? Whole(ReadOnlySpan<char> word)
    {
        var count = Encoding.UTF8.GetByteCount(word);
        Span<byte> bytes = count <= 256 ? stackalloc byte[256] : new byte[count];
        Span<char> spelling = count <= 256 ? stackalloc char[256] : new char[count];
        Encoding.UTF8.GetBytes(word, bytes);
        for (var i = 0; i < count; i++)
            spelling[i] = ByteAlphabet.ToCharacter(bytes[i]);
        return _vocabulary.IdOf(spelling[..count]);
    }
}
