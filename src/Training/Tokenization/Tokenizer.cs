using MedicalGpt.Training.Tokenization.Decoders;
using MedicalGpt.Training.Tokenization.PostProcessors;
using MedicalGpt.Training.Tokenization.Reading;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Text to token ids and back, as a model's tokenizer.json says. Safe for use from several threads.</summary>
public sealed class Tokenizer
{
    private readonly IReadOnlyDictionary<string, byte[]> _files;
    private readonly TextEncoder _encoder;
    private readonly ITokenModel _model;
    private readonly Dictionary<string, AddedToken> _added;
    private readonly string?[] _tokens;
    private readonly string?[] _spellings;
    private readonly bool[] _special;
    private readonly DecoderChain _decoder;
    private readonly PostProcessing _postProcessing;

    private Tokenizer(IReadOnlyDictionary<string, byte[]> files, string directory)
    {
        _files = files;
        var parts = TokenizerReader.Read(files["tokenizer.json"], Path.Combine(directory, "tokenizer.json"));
        Config = TokenizerConfig.Read(files, directory);
        _encoder = new TextEncoder(parts);
        _model = parts.Model;
        _decoder = parts.Decoder;
        _postProcessing = parts.PostProcessing;
        _added = parts.AddedTokens.GroupBy(t => t.Content).ToDictionary(g => g.Key, g => g.Last());
        VocabularySize = Math.Max(_model.Tokens.Length, _added.Count == 0 ? 0 : _added.Values.Max(t => t.Id) + 1);
        _tokens = new string?[VocabularySize];
        _special = new bool[VocabularySize];
        _model.Tokens.CopyTo(_tokens, 0);
        _spellings = (string?[])_tokens.Clone();
        foreach (var token in _added.Values)
        {
            _tokens[token.Id] = token.Content;
            _spellings[token.Id] = token.Pattern;
            _special[token.Id] = token.Special;
        }
    }

    /// <summary>The number of ids: one more than the largest.</summary>
    public int VocabularySize { get; }

    /// <summary>Named tokens and the chat template.</summary>
    public TokenizerConfig Config { get; }

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="directory">A folder with tokenizer.json, and tokenizer_config.json where there is one.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="MedicalGptException">A file is absent, damaged or needs what is not supported.</exception>
    public static Tokenizer Load(string directory) => new(TokenizerFiles.Read(directory), directory);

    /// <summary>Makes a tokenizer of the bytes of its files.</summary>
    internal static Tokenizer FromFiles(IReadOnlyDictionary<string, byte[]> files) => new(files, "");

    /// <summary>Encodes text, adding nothing.</summary>
    /// <param name="text">Text.</param>
    /// <param name="allowSpecial">True = special tokens written in the text become those tokens, as the reference library does; false = they are ordinary text, the choice for untrusted text.</param>
    /// <returns>Token ids.</returns>
    public int[] Encode(string text, bool allowSpecial = true) => Ids(_encoder.Encode(text, allowSpecial, [], ranges: false));

    /// <summary>Encodes text in which some ranges are data: special tokens written there are ordinary text.</summary>
    /// <param name="text">Text.</param>
    /// <param name="literal">Ranges of <paramref name="text"/> in which special tokens are not recognised.</param>
    /// <returns>Token ids.</returns>
    public int[] Encode(string text, IReadOnlyList<TextRange> literal) => Ids(_encoder.Encode(text, true, literal, ranges: false));

    /// <summary>Encodes text and tells where each token stands in it.</summary>
    /// <param name="text">Text.</param>
    /// <param name="allowSpecial">As for <see cref="Encode(string, bool)"/>.</param>
    /// <returns>Tokens with their ranges.</returns>
    public IReadOnlyList<TokenOffset> EncodeWithOffsets(string text, bool allowSpecial = true)
    {
        var tokens = _encoder.Encode(text, allowSpecial, [], ranges: true);
        for (var i = 0; _postProcessing.TrimOffsets && i < tokens.Count; i++)
        {
            var (id, range) = tokens[i];
            var spelling = _added.ContainsKey(_tokens[id]!) ? text[range.Start..range.End] : _tokens[id]!;
            tokens[i] = new TokenOffset(id, _postProcessing.Trim(text, range, spelling, i == 0));
        }

        return tokens;
    }

    /// <summary>Encodes text with the tokens that the tokenizer's post-processor puts around it, for example a token that begins texts.</summary>
    /// <param name="text">Text.</param>
    /// <param name="allowSpecial">As for <see cref="Encode(string, bool)"/>.</param>
    /// <returns>Token ids.</returns>
    public int[] EncodeWithSpecial(string text, bool allowSpecial = true) => _postProcessing.Wrap(Encode(text, allowSpecial));

    /// <summary>Decodes tokens; bytes that are no valid UTF-8 become U+FFFD, ids without a token become nothing.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecial">True = special tokens are left out.</param>
    /// <returns>Text.</returns>
    public string Decode(IEnumerable<int> ids, bool skipSpecial)
    {
        var text = new TextStage();
        var first = _decoder.Start(text);
        foreach (var id in ids)
            if (Spelling(id, skipSpecial) is { } token)
                first.Add(token);
        first.Finish();
        return text.Take();
    }

    /// <summary>Decodes tokens one at a time.</summary>
    /// <param name="skipSpecial">True = special tokens are left out.</param>
    /// <returns>A decoder at the start of a text.</returns>
    public StreamingDecoder StreamDecoder(bool skipSpecial) => new(this, _decoder, skipSpecial);

    /// <summary>The id of a token, for example <c>&lt;|im_end|&gt;</c>.</summary>
    /// <param name="token">The token as the file writes it.</param>
    /// <returns>Its id; null = there is no such token.</returns>
    public int? IdOf(string token) => _added.TryGetValue(token, out var added) ? added.Id : _model.IdOf(token);

    /// <summary>The token of an id as the file writes it.</summary>
    /// <param name="id">Token id.</param>
    /// <returns>The token; null = the id is not used.</returns>
    public string? TokenOf(int id) => id >= 0 && id < VocabularySize ? _tokens[id] : null;

    /// <summary>Whether an id is a special token.</summary>
    /// <param name="id">Token id.</param>
    /// <returns>True = special.</returns>
    public bool IsSpecial(int id) => id >= 0 && id < VocabularySize && _special[id];

    /// <summary>Writes the tokenizer's files, unchanged.</summary>
    /// <param name="directory">The folder to write to; made when absent.</param>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var (name, bytes) in _files)
        {
            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
    }

    /// <summary>A tokenizer of changed files.</summary>
    internal Tokenizer With(Action<Dictionary<string, byte[]>> change)
    {
        var files = new Dictionary<string, byte[]>(_files);
        change(files);
        return new Tokenizer(files, "");
    }

    /// <summary>What decoding starts with for a token; null = nothing.</summary>
    internal string? Spelling(int id, bool skipSpecial) => id < 0 || id >= VocabularySize || (skipSpecial && _special[id]) ? null : _spellings[id];

    private static int[] Ids(List<TokenOffset> tokens)
    {
        var ids = new int[tokens.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = tokens[i].Id;
        return ids;
    }
}
