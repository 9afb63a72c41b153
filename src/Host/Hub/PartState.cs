namespace MedicalGpt.Host.Hub;

/// <summary>A part of a file that is being fetched.</summary>
/// <param name="index">Its number.</param>
/// <param name="start">Its first byte in the file.</param>
/// <param name="length">Its length in bytes.</param>
internal sealed class PartState(int index, long start, long length)
{
    /// <summary>Its number.</summary>
    public int Index { get; } = index;

    /// <summary>Its first byte in the file.</summary>
    public long Start { get; } = start;

    /// <summary>Its length in bytes.</summary>
    public long Length { get; } = length;

    /// <summary>Bytes that have arrived, from its start on.</summary>
    public long Done { get; set; }

    /// <summary>Where the next byte goes.</summary>
    public long Next => Start + Done;

    /// <summary>Bytes that are missing.</summary>
    public long Missing => Length - Done;
}
