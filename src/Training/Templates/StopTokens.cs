using System.Text.Json;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>Which tokens end an answer, end a text and fill a batch.</summary>
/// <param name="StopIds">Tokens that end an answer: those of generation_config.json (of config.json where it is absent), the template's end of turn, the tokenizer's end of sequence.</param>
/// <param name="EndOfTextId">The tokenizer's end of sequence.</param>
/// <param name="PadId">Padding; no stop token where the vocabulary has another.</param>
public sealed record StopTokens(IReadOnlyList<int> StopIds, int EndOfTextId, int PadId)
{
    private static readonly string[] PaddingNames = ["<|PAD_TOKEN|>", "<|pad|>", "<pad>", "[PAD]", "<|fim_pad|>", "<|vision_pad|>"];

    /// <summary>Gathers the tokens.</summary>
    /// <param name="tokenizer">Tokenizer.</param>
    /// <param name="answerEnd">The token that the chat template writes behind an answer.</param>
    /// <param name="directory">The model's folder; null = only the tokenizer counts.</param>
    /// <returns>The tokens.</returns>
    /// <exception cref="MedicalGptException">Nothing names an end-of-sequence token.</exception>
    public static StopTokens Of(Tokenizer tokenizer, AnswerEnd answerEnd, string? directory)
    {
        var stops = directory is null ? [] : EosIds(directory);
        var end = Known(tokenizer, tokenizer.Config.EosToken, "eos_token") ?? (stops.Count > 0 ? stops[0] : (int?)null)
            ?? throw new MedicalGptException("The tokenizer names no end-of-sequence token, so no answer could ever end.")
            {
                Place = directory ?? "the tokenizer",
                Given = "no eos_token, no eos_token_id",
                Allowed = "eos_token in tokenizer_config.json, or eos_token_id in generation_config.json or config.json",
                Remedy = "name one of the tokenizer's tokens there",
            };
        if (answerEnd.Id is { } turn)
            stops.Add(turn);
        stops.Add(end);
        var unique = stops.Distinct().Order().ToArray();
        return new StopTokens(unique, end, Padding(tokenizer, unique) ?? end);
    }

    private static int? Padding(Tokenizer tokenizer, int[] stops)
    {
        var named = Known(tokenizer, tokenizer.Config.PadToken, "pad_token");
        if (named is { } pad && !stops.Contains(pad))
            return pad;
        return PaddingNames.Select(tokenizer.IdOf).FirstOrDefault(id => id is { } found && !stops.Contains(found)) ?? named;
    }

    private static int? Known(Tokenizer tokenizer, string? token, string what) => token is null
        ? null
        : tokenizer.IdOf(token) ?? throw new MedicalGptException($"{what} \"{token}\" is no token of the tokenizer; name one that tokenizer.json has.");

    private static List<int> EosIds(string directory)
    {
        foreach (var name in (string[])["generation_config.json", "config.json"])
        {
            var path = Path.Combine(directory, name);
            if (!File.Exists(path))
                continue;
            var eos = StrictJson.ParseFile(File.ReadAllBytes(path), path)["eos_token_id"];
            if (!eos.IsNull)
                return eos.Element.ValueKind == JsonValueKind.Array ? [.. eos.Items().Select(i => i.Index(Vocabulary.Limit))] : [eos.Index(Vocabulary.Limit)];
        }

        return [];
    }
}
