using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>A stream gives what decoding at once gives, and no part of it ends within a character.</summary>
internal static class StreamCheck
{
    public static void Check(Tokenizer tokenizer, int[] ids)
    {
        foreach (var skip in (bool[])[false, true])
        {
            var stream = tokenizer.StreamDecoder(skip);
            List<string> parts = [.. ids.Select(stream.Add)];
            parts.Add(stream.Finish());
            string.Concat(parts).ShouldBe(tokenizer.Decode(ids, skip));
            parts.Where(p => p.Length > 0 && (char.IsLowSurrogate(p[0]) || char.IsHighSurrogate(p[^1]))).ShouldBeEmpty();
        }
    }
}
