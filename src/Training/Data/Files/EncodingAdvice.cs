namespace MedicalGpt.Training.Data;

/// <summary>What to do with bytes that are no UTF-8.</summary>
public static class EncodingAdvice
{
    /// <summary>Whether bytes look like UTF-16: a byte order mark, or a zero byte, which no text in UTF-8 has.</summary>
    /// <param name="bytes">Begin of a file, or a line or cell of it.</param>
    /// <returns>Whether.</returns>
    public static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes) => bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]) || bytes.Contains((byte)0);

    /// <summary>The command that converts a file: from UTF-16 where it looks so, else from GB18030, which Chinese files mostly are.</summary>
    /// <param name="bytes">The bytes that are no UTF-8.</param>
    /// <returns>The remedy of an error.</returns>
    public static string Remedy(ReadOnlySpan<byte> bytes) => $"convert the file, for example: iconv -f {(LooksLikeUtf16(bytes) ? Utf16(bytes) : "GB18030")} -t UTF-8 FILE > NEW";

    // Without a mark, the zero stands behind an ASCII letter in little-endian text and before it in big-endian text.
    private static string Utf16(ReadOnlySpan<byte> bytes) => bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]) ? "UTF-16" : bytes.IndexOf((byte)0) % 2 == 1 ? "UTF-16LE" : "UTF-16BE";
}
