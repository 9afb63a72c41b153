using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Decodes tokens as they come. A character whose bytes are spread over tokens appears when its last byte has come.</summary>
public sealed class StreamingDecoder
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _skipSpecial;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly List<byte> _bytes = [];
    private int _given;

    internal StreamingDecoder(Tokenizer tokenizer, bool skipSpecial)
    {
        _tokenizer = tokenizer;
        _skipSpecial = skipSpecial;
    }

    /// <summary>Takes a token.</summary>
    /// <param name="id">Token id.</param>
    /// <returns>The text that became complete; may be empty.</returns>
    public string Add(int id)
    {
        _tokenizer.AppendBytes(id, _skipSpecial, _bytes);
        return Convert(flush: false);
    }

    /// <summary>Ends the text.</summary>
    /// <returns>What was still incomplete, as U+FFFD; mostly empty.</returns>
    public string Finish() => Convert(flush: true);

    private string Convert(bool flush)
    {
        var fresh = _bytes.Skip(_given).ToArray();
        _given = _bytes.Count;
        var characters = new char[_utf8.GetCharCount(fresh, 0, fresh.Length, flush)];
        var count = _utf8.GetChars(fresh, 0, fresh.Length, characters, 0, flush);
        return new string(characters, 0, count);
    }
}
