using System.Text.Encodings.Web;
using System.Text.Json;
using MedicalGpt.Training.Templates;
using MedicalGpt.Training.Tokenization.PreTokenizers;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Writes a trained tokenizer as tokenizer.json and tokenizer_config.json, laid out as Qwen2.5's are.</summary>
internal static class BytePairFiles
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tokens of single bytes in order of their ids: ordered by character, as GPT-2's vocabulary is.</summary>
    public static IReadOnlyList<char> ByteTokens { get; } = [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.ToCharacter((byte)b)).Order()];

    /// <summary>The id of each byte's token.</summary>
    public static IReadOnlyList<byte> IdOfByte { get; } = [.. Enumerable.Range(0, 256).Select(b => (byte)ByteTokens.Index().First(t => t.Item == ByteAlphabet.ToCharacter((byte)b)).Index)];

    /// <summary>Writes the files.</summary>
    public static Dictionary<string, byte[]> Write(List<TokenPair> merges, BytePairTraining options)
    {
        var vocabulary = new Dictionary<string, int>();
        foreach (var token in ByteTokens.Select(c => c.ToString()).Concat(merges.Select(m => m.LeftToken + m.RightToken)))
            vocabulary.TryAdd(token, vocabulary.Count);
        var added = options.SpecialTokens.Select((content, i) => new { id = vocabulary.Count + i, content, single_word = false, lstrip = false, rstrip = false, normalized = false, special = true }).ToArray();
        var byteLevel = new { type = "ByteLevel", add_prefix_space = false, trim_offsets = false, use_regex = false };
        var split = new { type = "Split", pattern = new { Regex = ContractionLetterSplit.Pattern(@"\p{N}") }, behavior = "Isolated", invert = false };
        var tokenizer = new
        {
            version = "1.0",
            truncation = (string?)null,
            padding = (string?)null,
            added_tokens = added,
            normalizer = new { type = "NFC" },
            pre_tokenizer = new { type = "Sequence", pretokenizers = new object[] { split, byteLevel } },
            post_processor = byteLevel,
            decoder = byteLevel,
            model = new
            {
                type = "BPE",
                dropout = (double?)null,
                unk_token = (string?)null,
                continuing_subword_prefix = "",
                end_of_word_suffix = "",
                fuse_unk = false,
                byte_fallback = false,
                ignore_merges = false,
                vocab = vocabulary,
                merges = merges.Select(m => new[] { m.LeftToken, m.RightToken }),
            },
        };
        var config = new
        {
            add_prefix_space = false,
            bos_token = (string?)null,
            chat_template = PlainChatMl.Text,
            clean_up_tokenization_spaces = false,
            eos_token = options.EosToken,
            errors = "replace",
            model_max_length = 131072,
            pad_token = options.PadToken,
            split_special_tokens = false,
            tokenizer_class = "PreTrainedTokenizerFast",
            unk_token = (string?)null,
        };
        return new Dictionary<string, byte[]>
        {
            ["tokenizer.json"] = JsonSerializer.SerializeToUtf8Bytes(tokenizer, Layout),
            ["tokenizer_config.json"] = JsonSerializer.SerializeToUtf8Bytes(config, Layout),
        };
    }
}
