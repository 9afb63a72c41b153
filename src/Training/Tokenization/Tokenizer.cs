using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Text to token ids and back, as a model's tokenizer.json says. Safe for use from several threads.</summary>
public sealed class Tokenizer
{
    private readonly IReadOnlyDictionary<string, byte[]> _files;
    private readonly TextEncoder _encoder;
    private readonly ITokenModel _model;
    private readonly Dictionary<string, AddedToken> _added;
    private readonly string?[] _tokens;
    private readonly byte[]?[] _bytes;
    private readonly bool[] _special;

    private Tokenizer(IReadOnlyDictionary<string, byte[]> files, string directory)
    {
        _files = files;
        var parts = TokenizerJson.Read(files["tokenizer.json"], Path.Combine(directory, "tokenizer.json"));
        Config = TokenizerConfig.Read(files, directory);
        _encoder = new TextEncoder(parts);
        _model = parts.Model;
        _added = parts.AddedTokens.GroupBy(t => t.Content).ToDictionary(g => g.Key, g => g.Last());
        VocabularySize = Math.Max(_model.Tokens.Length, _added.Count == 0 ? 0 : _added.Values.Max(t => t.Id) + 1);
        _tokens = new string?[VocabularySize];
        _special = new bool[VocabularySize];
        _model.Tokens.CopyTo(_tokens, 0);
        foreach (var token in _added.Values)
        {
            _tokens[token.Id] = token.Content;
            _special[token.Id] = token.Special;
        }

        _bytes = Array.ConvertAll(_tokens, t => t is null ? null : _model.BytesOf(t));
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
    public int[] Encode(string text, bool allowSpecial = true) => [.. _encoder.Encode(text, allowSpecial, []).Select(t => t.Id)];

    /// <summary>Encodes text in which some ranges are data: special tokens written there are ordinary text.</summary>
    /// <param name="text">Text.</param>
    /// <param name="literal">Ranges of <paramref name="text"/> in which special tokens are not recognised.</param>
    /// <returns>Token ids.</returns>
    public int[] Encode(string text, IReadOnlyList<TextRange> literal) => [.. _encoder.Encode(text, true, literal).Select(t => t.Id)];

    /// <summary>Encodes text and tells where each token stands in it.</summary>
    /// <param name="text">Text.</param>
    /// <param name="allowSpecial">As for <see cref="Encode(string, bool)"/>.</param>
    /// <returns>Tokens with their ranges.</returns>
    public IReadOnlyList<TokenOffset> EncodeWithOffsets(string text, bool allowSpecial = true) => _encoder.Encode(text, allowSpecial, []);

    /// <summary>Decodes tokens; bytes that are no valid UTF-8 become U+FFFD, ids without a token become nothing.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecial">True = special tokens are left out.</param>
    /// <returns>Text.</returns>
    public string Decode(IEnumerable<int> ids, bool skipSpecial)
    {
        var bytes = new List<byte>();
        foreach (var id in ids)
            AppendBytes(id, skipSpecial, bytes);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>Decodes tokens one at a time.</summary>
    /// <param name="skipSpecial">True = special tokens are left out.</param>
    /// <returns>A decoder at the start of a text.</returns>
    public StreamingDecoder StreamDecoder(bool skipSpecial) => new(this, skipSpecial);

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
            File.WriteAllBytes(Path.Combine(directory, name), bytes);
    }

    /// <summary>Appends what a token adds to a text that has <paramref name="output"/> so far.</summary>
    internal void AppendBytes(int id, bool skipSpecial, List<byte> output)
    {
        if (id < 0 || id >= VocabularySize || _bytes[id] is not { } bytes || (skipSpecial && _special[id]))
            return;
        if (output.Count > 0)
            output.AddRange(Encoding.UTF8.GetBytes(_model.Separator));
        output.AddRange(bytes);
    }
}
