using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>64-bit hashes of rows (XXH3), by which rows are told apart without being held in memory.</summary>
internal static class RowHash
{
    /// <summary>
    /// The hash of what a row asks: the dialogue before the first answer, normalised as where prompts are compared; token ids of the prompt. Rows that ask nothing (texts, sequences of token ids) are hashed whole, so rows of
    /// one hash must be on the same side of a split.
    /// </summary>
    public static ulong Question(Example row) => row switch
    {
        PlainText text => Normal(text.Text) ?? TextHash.Of(text.Text),
        TokenizedSequence sequence => Ids(sequence.InputIds),
        TokenizedPair pair => Ids(pair.PromptIds),
        TokenizedPrompt prompt => Ids(prompt.PromptIds),
        _ => PromptOverlap.PromptOf(row) is { } asked && Normal(asked) is { } hash ? hash : Content(row),
    };

    /// <summary>The hash of all that is in a row but its place.</summary>
    public static ulong Content(Example row) => XxHash3.HashToUInt64(JsonSerializer.SerializeToUtf8Bytes(row with { Origin = default }, row.GetType()));

    private static ulong? Normal(string text) => PromptOverlap.Normalise(text) is { Length: > 0 } normal ? TextHash.Of(normal) : null;

    private static ulong Ids(int[] ids) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(ids.AsSpan()));
}
