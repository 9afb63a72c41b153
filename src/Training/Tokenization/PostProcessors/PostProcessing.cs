namespace MedicalGpt.Training.Tokenization.PostProcessors;

/// <summary>What is done with the tokens of a text.</summary>
/// <param name="Before">Tokens that go before it.</param>
/// <param name="After">Tokens that go after it.</param>
/// <param name="TrimOffsets">Whether ranges leave white space out.</param>
/// <param name="PrefixSpace">Whether the blank that encoding put before the text is kept out of that.</param>
internal sealed record PostProcessing(IReadOnlyList<int> Before, IReadOnlyList<int> After, bool TrimOffsets, bool PrefixSpace)
{
    /// <summary>Nothing.</summary>
    public static PostProcessing None { get; } = new([], [], false, false);

    /// <summary>What this one and then another do.</summary>
    public PostProcessing Then(PostProcessing next) => new([.. next.Before, .. Before], [.. After, .. next.After], TrimOffsets || next.TrimOffsets, TrimOffsets ? PrefixSpace : next.PrefixSpace);

    /// <summary>The tokens of a text with those around it.</summary>
    public int[] Wrap(int[] ids) => [.. Before, .. ids, .. After];

    /// <summary>Leaves white space out of a token's range.</summary>
    /// <param name="text">The text that was encoded.</param>
    /// <param name="range">The range.</param>
    /// <param name="token">The token as the vocabulary writes it.</param>
    /// <param name="first">Whether it is the first token.</param>
    public TextRange Trim(string text, TextRange range, string token, bool first)
    {
        var leading = token.TakeWhile(IsBlank).Count();
        var trailing = token.Reverse().TakeWhile(IsBlank).Count();
        if ((first || range.Start == 0) && PrefixSpace && leading == 1)
            leading = 0;
        var (start, end) = (range.Start, range.End);
        for (; leading > 0 && start < end; leading--)
            start += char.IsHighSurrogate(text[start]) && start + 1 < end ? 2 : 1;
        for (; trailing > 0 && end > start; trailing--)
            end -= char.IsLowSurrogate(text[end - 1]) && end - 1 > start ? 2 : 1;
        return new TextRange(start, end);
    }

    private static bool IsBlank(char unit) => unit == ByteAlphabet.ToCharacter((byte)' ') || CharacterClasses.IsSpace(unit);
}
