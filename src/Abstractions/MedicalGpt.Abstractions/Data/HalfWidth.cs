namespace MedicalGpt.Data;

/// <summary>
/// Folds full-width forms to plain ones (１２ mg（A） becomes 12 mg(A)), the part of Unicode NFKC that Chinese keyboards make necessary.
/// <see cref="string.Normalize()"/> cannot do it here: under invariant globalization it gives the text back unchanged.
/// </summary>
public static class HalfWidth
{
    /// <summary>The text with U+FF01 to U+FF5E as ASCII and U+3000 as a space; the length does not change.</summary>
    /// <param name="text">Any text.</param>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = source[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(source[i] - 0xFEE0),
                '\u3000' => ' ',
                _ => source[i],
            };
    });
}
