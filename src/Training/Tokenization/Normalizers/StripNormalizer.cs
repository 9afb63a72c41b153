namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>Leaves white space at the ends out.</summary>
internal sealed class StripNormalizer(bool left, bool right) : INormalizer
{
    public NormalizedText Normalize(NormalizedText text)
    {
        var start = 0;
        var end = text.Text.Length;
        while (left && start < end && CharacterClasses.IsSpace(text.Text[start]))
            start++;
        while (right && end > start && CharacterClasses.IsSpace(text.Text[end - 1]))
            end--;
        if (start == 0 && end == text.Text.Length)
            return text;
        var output = new TextTransform(text);
        output.SkipTo(start);
        output.KeepTo(end);
        return output.Finish();
    }
}
