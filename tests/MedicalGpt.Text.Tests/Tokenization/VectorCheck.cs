using System.Text.Json;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>Compares a tokenizer with a recorded vector; every difference is a line.</summary>
internal static class VectorCheck
{
    public static IEnumerable<string> Encoding(Tokenizer tokenizer, JsonElement vector)
    {
        var text = vector.GetProperty("text").GetString()!;
        var ids = tokenizer.Encode(text);
        if (!ids.SequenceEqual(Ints(vector.GetProperty("ids"))))
            yield return $"ids of {JsonSerializer.Serialize(text)}: {string.Join(',', ids)} for {vector.GetProperty("ids")}";
        else if (vector.TryGetProperty("offsets", out var offsets) && Offsets(tokenizer, text) is var found && found != JsonSerializer.Serialize(offsets))
            yield return $"offsets of {JsonSerializer.Serialize(text)}: {found} for {JsonSerializer.Serialize(offsets)}";
        if (vector.TryGetProperty("ids_special", out var around) && !tokenizer.EncodeWithSpecial(text).SequenceEqual(Ints(around)))
            yield return $"ids of {JsonSerializer.Serialize(text)} with those around: {string.Join(',', tokenizer.EncodeWithSpecial(text))} for {around}";
    }

    public static IEnumerable<string> Decoding(Tokenizer tokenizer, int[] ids, JsonElement vector)
    {
        var decoded = vector.GetProperty("decoded").GetString()!;
        if (tokenizer.Decode(ids, skipSpecial: false) is var text && text != decoded)
            yield return $"{string.Join(',', ids)}: {JsonSerializer.Serialize(text)} for {JsonSerializer.Serialize(decoded)}";
        if (vector.TryGetProperty("decoded_skip", out var skipped) && tokenizer.Decode(ids, skipSpecial: true) is var rest && rest != skipped.GetString())
            yield return $"{string.Join(',', ids)} without specials: {JsonSerializer.Serialize(rest)} for {skipped}";
        if (Stream(tokenizer, ids) != decoded)
            yield return $"{string.Join(',', ids)} as a stream: {JsonSerializer.Serialize(Stream(tokenizer, ids))} for {JsonSerializer.Serialize(decoded)}";
    }

    public static string Stream(Tokenizer tokenizer, IEnumerable<int> ids)
    {
        var stream = tokenizer.StreamDecoder(skipSpecial: false);
        return string.Concat([.. ids.Select(stream.Add), stream.Finish()]);
    }

    public static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(i => i.GetInt32())];

    private static string Offsets(Tokenizer tokenizer, string text) =>
        JsonSerializer.Serialize(tokenizer.EncodeWithOffsets(text).Select(t => new[] { CodePoints(text, t.Range.Start), CodePoints(text, t.Range.End) }));

    private static int CodePoints(string text, int units) => text[..units].EnumerateRunes().Count();
}
