namespace MedicalGpt.Data;

/// <summary>A row that is already token ids: <c>input_ids</c> + <c>labels</c>.</summary>
/// <param name="InputIds">Token ids.</param>
/// <param name="Labels">The same ids where the token is learned, <see cref="Ignore"/> elsewhere; aligned with <paramref name="InputIds"/> (not shifted).</param>
public sealed record TokenizedSequence(int[] InputIds, int[] Labels) : Example
{
    /// <summary>Label of a token that is not learned.</summary>
    public const int Ignore = -100;
}
