namespace MedicalGpt.Training.Tokenization.Unicode;

/// <summary>Composition and decomposition of Hangul syllables by arithmetic (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>Whether a code point may join the syllable before it.</summary>
    public static bool IsVowelOrTrail(int codePoint) =>
        codePoint is >= VowelBase and < VowelBase + VowelCount or > TrailBase and < TrailBase + TrailCount;

    /// <summary>The letters of a syllable; null when the code point is none.</summary>
    public static int[]? Decompose(int codePoint)
    {
        var index = codePoint - SyllableBase;
        if (index is < 0 or >= SyllableCount)
            return null;
        var lead = LeadBase + (index / (VowelCount * TrailCount));
        var vowel = VowelBase + (index % (VowelCount * TrailCount) / TrailCount);
        var trail = TrailBase + (index % TrailCount);
        return trail == TrailBase ? [lead, vowel] : [lead, vowel, trail];
    }

    /// <summary>The syllable of two parts; 0 when they form none.</summary>
    public static int Compose(int first, int second)
    {
        var lead = first - LeadBase;
        var vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
            return SyllableBase + (((lead * VowelCount) + vowel) * TrailCount);
        var syllable = first - SyllableBase;
        var trail = second - TrailBase;
        var open = syllable is >= 0 and < SyllableCount && syllable % TrailCount == 0;
        return open && trail is > 0 and < TrailCount ? first + trail : 0;
    }
}
