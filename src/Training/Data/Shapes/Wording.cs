namespace MedicalGpt.Training.Data;

/// <summary>Chooses the language of the few words that rows are completed with.</summary>
internal static class Wording
{
    /// <summary>Whether a text has Chinese characters.</summary>
    public static bool IsChinese(string text) => text.Any(c => c is >= '\u4E00' and <= '\u9FFF');
}
