using System.Buffers.Binary;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Host.Commands.Text;

/// <summary>
/// Writes a model folder whose embeddings, and output rows where they are not tied, have a row for each new token: the mean of the rows of the pieces that stood for its text before (Hewitt 2021).
/// Rows that were there stay the same bytes. A mean never scores above the best of its pieces, so what the model says greedily stays the same until it is trained.
/// </summary>
internal sealed partial class EmbeddingGrowth
{
    private readonly string _model;
    private readonly ExtendedTokenizer _extended;
    private readonly JsonObject _config;
    private readonly long _rows;
    private readonly long _needed;
    private long _growth;

    /// <summary>Checks that the folder is a whole model.</summary>
    public EmbeddingGrowth(string model, ExtendedTokenizer extended)
    {
        _model = model;
        _extended = extended;
        var path = Path.Combine(model, "config.json");
        if (!File.Exists(path))
            throw new MedicalGptException("The folder is no whole model.") { Place = "--model", Given = model, Allowed = "a folder with config.json and model.safetensors", Remedy = "merge an adapter into its model first: medgpt merge" };
        _config = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new MedicalGptException("config.json is no JSON object.") { Place = path };
        _rows = Sized["vocab_size"]?.GetValue<long>() ?? throw new MedicalGptException("The configuration does not say how large the vocabulary is.") { Place = path, Allowed = "vocab_size" };
        if (extended.Tokenizer.VocabularySize - extended.Added.Count > _rows)
            throw new MedicalGptException("The model has fewer rows than the tokenizer has tokens.") { Place = model, Given = $"vocab_size {_rows}, {extended.Tokenizer.VocabularySize - extended.Added.Count} tokens", Remedy = "give the tokenizer that the model was trained with" };
        _needed = Math.Max(_rows, extended.Tokenizer.VocabularySize);
    }

    /// <summary>What was done, a line each.</summary>
    public List<string> Report { get; } = [];

    private JsonObject Sized => _config["vocab_size"] is null && _config["text_config"] is JsonObject text ? text : _config;

    /// <summary>Writes weights, configuration and index.</summary>
    public void Write(string output)
    {
        Directory.CreateDirectory(output);
        var weights = Directory.GetFiles(_model, "model*.safetensors");
        if (weights.Length == 0)
            throw new MedicalGptException("The model folder has no weights.") { Place = _model, Allowed = "model.safetensors, or shards with an index" };
        foreach (var file in weights)
            WriteWeights(file, Path.Combine(output, Path.GetFileName(file)));
        if (Report.Count == 0)
            throw new MedicalGptException($"No weight of the model has a row for each of its {_rows} tokens.") { Place = _model, Allowed = "embed_tokens, wte, word_embeddings or lm_head with vocab_size rows" };
        Sized["vocab_size"] = _needed;
        File.WriteAllText(Path.Combine(output, "config.json"), _config.ToJsonString(JsonText.Readable) + "\n");
        WriteIndex(Path.Combine(_model, "model.safetensors.index.json"), Path.Combine(output, "model.safetensors.index.json"));
        var generation = Path.Combine(_model, "generation_config.json");
        if (File.Exists(generation))
            File.WriteAllBytes(Path.Combine(output, "generation_config.json"), File.ReadAllBytes(generation));
    }

    private void WriteIndex(string source, string target)
    {
        if (!File.Exists(source))
            return;
        var index = JsonNode.Parse(File.ReadAllBytes(source))!;
        if (index["metadata"]?["total_size"] is JsonValue size && size.TryGetValue<long>(out var bytes))
            index["metadata"]!["total_size"] = bytes + _growth;
        File.WriteAllText(target, index.ToJsonString(JsonText.Readable) + "\n");
    }

    private void WriteWeights(string source, string target)
    {
        using var file = SafetensorsFile.Open(source);
        var grows = file.Entries.Where(entry => Vocabulary().IsMatch(entry.Name) && entry.Shape.Count is 1 or 2 && entry.Shape[0] == _rows).ToHashSet();
        using var input = File.OpenRead(source);
        using var output = File.Create(target);
        WriteHeader(output, file, grows);
        foreach (var entry in file.Entries)
        {
            input.Position = entry.Offset;
            if (grows.Contains(entry))
                Grow(input, output, entry);
            else
                Copy(input, output, entry.Length);
        }
    }

    private void WriteHeader(FileStream output, SafetensorsFile file, HashSet<SafetensorsEntry> grows)
    {
        var header = new JsonObject { ["__metadata__"] = new JsonObject([.. file.Metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))]) };
        long offset = 0;
        foreach (var entry in file.Entries)
        {
            var length = grows.Contains(entry) ? entry.Length / _rows * _needed : entry.Length;
            IEnumerable<long> shape = grows.Contains(entry) ? [_needed, .. entry.Shape.Skip(1)] : entry.Shape;
            header[entry.Name] = new JsonObject
            {
                ["dtype"] = entry.Type,
                ["shape"] = new JsonArray([.. shape.Select(n => (JsonNode)n)]),
                ["data_offsets"] = new JsonArray(offset, offset + length),
            };
            offset += length;
        }

        var text = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString(JsonText.Line));
        Span<byte> size = stackalloc byte[8];
        var padded = (text.Length + 7) / 8 * 8;
        BinaryPrimitives.WriteUInt64LittleEndian(size, (ulong)padded);
        output.Write(size);
        output.Write(text);
        output.Write("       "u8[..(padded - text.Length)]);
    }

    private void Grow(FileStream input, FileStream output, SafetensorsEntry entry)
    {
        var numbers = RowNumbers.Of(entry);
        var width = (int)(entry.Length / _rows);
        var first = _extended.Tokenizer.VocabularySize - _extended.Added.Count;
        Copy(input, output, (long)first * width);
        foreach (var token in _extended.Added)
            output.Write(numbers.Mean([.. token.Pieces.Select(piece => Row(input, entry, width, piece))]));
        var behind = (long)_extended.Tokenizer.VocabularySize * width;
        input.Position = Math.Min(entry.Offset + behind, entry.Offset + entry.Length);
        Copy(input, output, Math.Max(0, entry.Length - behind));
        _growth += (_needed - _rows) * width;
        Report.Add($"{entry.Name}: {_rows:N0} -> {_needed:N0} rows, {_extended.Added.Count:N0} of them means of the pieces before");
    }

    private static byte[] Row(FileStream input, SafetensorsEntry entry, int width, int row)
    {
        var bytes = new byte[width];
        if (RandomAccess.Read(input.SafeFileHandle, bytes, entry.Offset + ((long)row * width)) != width)
            throw new IOException($"{input.Name} ends within {entry.Name}");
        return bytes;
    }

    private static void Copy(FileStream input, FileStream output, long length)
    {
        var buffer = new byte[1 << 20];
        while (length > 0)
        {
            var count = (int)Math.Min(buffer.Length, length);
            input.ReadExactly(buffer.AsSpan(0, count));
            output.Write(buffer.AsSpan(0, count));
            length -= count;
        }
    }

    [GeneratedRegex(@"(^|\.)(embed_tokens|wte|word_embeddings|lm_head|embed_out)\.(weight|bias)$")]
    private static partial Regex Vocabulary();
}
