namespace MedicalGpt.Training;

/// <summary>Constants of the file of encoded rows.</summary>
internal static class RowStoreFormat
{
    /// <summary>Part of every cache key: raised when the file's layout or the meaning of its rows changes.</summary>
    public const int Version = 2;

    /// <summary>The last bytes: four numbers (where the ends and the summary begin, the summary's length, the number of rows), a checksum of 16 bytes, and the magic.</summary>
    public const int FooterBytes = 32 + ChecksumBytes + 8;

    /// <summary>Bytes of the checksum (XXH128).</summary>
    public const int ChecksumBytes = 16;

    /// <summary>The first and the last bytes of a file.</summary>
    public static ReadOnlySpan<byte> Magic => "MGTROWS1"u8;
}
