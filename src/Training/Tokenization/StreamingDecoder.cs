using MedicalGpt.Training.Tokenization.Decoders;

namespace MedicalGpt.Training.Tokenization;

/// <summary>
/// Decodes tokens as they come. A character whose bytes are spread over tokens appears when its last byte has come (byte-level vocabularies) or when the run of byte tokens ends (byte fallback);
/// all texts together are what decoding at once gives.
/// </summary>
public sealed class StreamingDecoder
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _skipSpecial;
    private readonly TextStage _text = new();
    private readonly DecoderStage _first;

    internal StreamingDecoder(Tokenizer tokenizer, DecoderChain decoder, bool skipSpecial)
    {
        _tokenizer = tokenizer;
        _skipSpecial = skipSpecial;
        _first = decoder.Start(_text);
    }

    /// <summary>Takes a token.</summary>
    /// <param name="id">Token id.</param>
    /// <returns>The text that became complete; may be empty.</returns>
    public string Add(int id)
    {
        if (_tokenizer.Spelling(id, _skipSpecial) is { } token)
            _first.Add(token);
        return _text.Take();
    }

    /// <summary>Ends the text.</summary>
    /// <returns>What was still incomplete, as U+FFFD; mostly empty.</returns>
    public string Finish()
    {
        _first.Finish();
        return _text.Take();
    }
}
