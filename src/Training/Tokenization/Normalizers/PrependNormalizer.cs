using System.Text;

namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>Puts text before a text that is not empty. It shares the origin of the first character.</summary>
internal sealed class PrependNormalizer(string content) : INormalizer
{
    public NormalizedText Normalize(NormalizedText text) => Prepend(text, content);

    /// <summary>Puts text before a text.</summary>
    public static NormalizedText Prepend(NormalizedText text, string content)
    {
        if (text.Text.Length == 0 || content.Length == 0)
            return text;
        var output = new TextTransform(text);
        var first = text.RuneAt(0);
        var change = 0;
        foreach (var rune in content.EnumerateRunes())
        {
            output.Add(rune, change);
            change = 1;
        }

        output.Add(first, 1);
        output.KeepTo(text.Text.Length);
        return output.Finish();
    }
}
