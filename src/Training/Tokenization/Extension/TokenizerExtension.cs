using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Training.Tokenization.Unicode;

namespace MedicalGpt.Training.Tokenization;

/// <summary>
/// Adds words to a tokenizer, each as one token. They become added tokens of tokenizer.json: found in text as a whole before anything else, so that every text without them is encoded as before;
/// ids that were there keep their meaning, and new ids follow the largest in the order of the words.
/// </summary>
public static class TokenizerExtension
{
    private const int LongestWord = 256;
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds words.</summary>
    /// <param name="tokenizer">The tokenizer; it stays as it is.</param>
    /// <param name="words">Words in the order of their ids; white space at the ends is cut, empty and repeated ones are left out.</param>
    /// <param name="limit">The most tokens to add; later words are left out.</param>
    /// <param name="wholeWords">True = words of letters that scripts with blanks between words have are not found inside longer words.</param>
    /// <returns>The new tokenizer and its new tokens.</returns>
    /// <exception cref="MedicalGptException">A word is too long or has control characters.</exception>
    public static ExtendedTokenizer Extend(Tokenizer tokenizer, IEnumerable<string> words, int limit = int.MaxValue, bool wholeWords = true)
    {
        var compose = new UnicodeNormalizer(compose: true, compatibility: false);
        var seen = new HashSet<string>();
        var added = new List<NewToken>();
        var known = 0;
        foreach (var word in words)
        {
            var text = compose.Normalize(word.Trim());
            if (text.Length == 0 || !seen.Add(text))
                continue;
            Check(text);
            var pieces = tokenizer.Encode(text);
            if (pieces.Length == 1 || tokenizer.IdOf(text) is not null)
                known++;
            else if (added.Count < limit)
                added.Add(new NewToken(tokenizer.VocabularySize + added.Count, text, pieces));
        }

        if (tokenizer.VocabularySize + added.Count > Vocabulary.Limit)
            throw new MedicalGptException($"With {added.Count} words the vocabulary has more than {Vocabulary.Limit} tokens.");
        return new ExtendedTokenizer(added.Count == 0 ? tokenizer : tokenizer.With(files => Add(files, added, wholeWords)), added, known);
    }

    /// <summary>The words of a vocabulary that can be added to another: its tokens that are at least two letters (marks included) and nothing else, in the order of their ids.</summary>
    /// <param name="tokenizer">The other tokenizer.</param>
    /// <returns>Words.</returns>
    public static IEnumerable<string> WordsOf(Tokenizer tokenizer)
    {
        for (var id = 0; id < tokenizer.VocabularySize; id++)
        {
            if (tokenizer.TokenOf(id) is not { } token || tokenizer.IsSpecial(id) || token.StartsWith("##", StringComparison.Ordinal))
                continue;
            var word = tokenizer.Decode([id], skipSpecial: true).Trim(' ', '\u2581');
            if (word.EnumerateRunes().Count() >= 2 && word.EnumerateRunes().All(r => System.Text.Rune.IsLetter(r) || CharacterClasses.IsMark(r)))
                yield return word;
        }
    }

    /// <summary>Refuses a word that cannot become a token: too long, with control characters, or wrongly decoded.</summary>
    /// <param name="word">The word.</param>
    /// <param name="place">Where it stands; null = nobody knows.</param>
    /// <exception cref="MedicalGptException">It cannot.</exception>
    public static void Check(string word, string? place = null)
    {
        if (word.Length > LongestWord || word.Any(char.IsControl) || word.Contains('\uFFFD', StringComparison.Ordinal))
            throw new MedicalGptException("A word cannot become a token.") { Place = place, Given = word.Length > 80 ? word[..80] + "…" : word, Allowed = $"up to {LongestWord} characters, none of them a control character" };
    }

    private static void Add(Dictionary<string, byte[]> files, List<NewToken> added, bool wholeWords)
    {
        Change(files, "tokenizer.json", json =>
        {
            var tokens = json["added_tokens"] as JsonArray ?? [];
            json["added_tokens"] = tokens;
            foreach (var token in added)
            {
                var entry = Entry(token, wholeWords);
                entry.Insert(0, "id", token.Id);
                tokens.Add(entry);
            }
        });
        Change(files, "tokenizer_config.json", json =>
        {
            if (json["added_tokens_decoder"] is JsonObject decoder)
                foreach (var token in added)
                    decoder[token.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Entry(token, wholeWords);
        });
        Change(files, "added_tokens.json", json =>
        {
            foreach (var token in added)
                json[token.Text] = token.Id;
        });
    }

    private static void Change(Dictionary<string, byte[]> files, string name, Action<JsonObject> change)
    {
        if (!files.TryGetValue(name, out var bytes) || JsonNode.Parse(bytes) is not JsonObject json)
            return;
        change(json);
        files[name] = JsonSerializer.SerializeToUtf8Bytes(json, Layout);
    }

    private static JsonObject Entry(NewToken token, bool wholeWords) => new()
    {
        ["content"] = token.Text,
        ["single_word"] = wholeWords && HasBlanks(token.Text),
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = false,
    };

    // Scripts that write no blanks between words: nothing tells where a word ends.
    private static bool HasBlanks(string text) => text.EnumerateRunes().All(rune => rune.Value is not (
        >= 0xE00 and <= 0xEFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF or >= 0x2E80 and <= 0x31FF or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0xFF66 and <= 0xFF9D or >= 0x20000 and <= 0x3FFFF));
}
