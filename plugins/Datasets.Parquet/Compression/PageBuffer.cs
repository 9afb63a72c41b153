namespace MedicalGpt.Datasets.Parquet.Compression;

/// <summary>Bytes of a page, reused for the next page.</summary>
internal sealed class PageBuffer(MemoryBudget budget)
{
    private const int Grain = 1 << 12;

    /// <summary>The bytes; replaced when they must grow.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Makes room and keeps what is there.</summary>
    /// <param name="offset">Where the room begins.</param>
    /// <param name="size">Its length.</param>
    /// <returns>The room.</returns>
    public Span<byte> Fit(int offset, int size)
    {
        var length = (long)offset + size;
        if (length > Bytes.Length)
        {
            var rounded = Math.Min((length + Grain - 1) / Grain * Grain, Array.MaxLength);
            budget.Take(rounded - Bytes.Length);
            var grown = GC.AllocateUninitializedArray<byte>((int)rounded);
            Bytes.AsSpan(0, Math.Min(offset + size, Bytes.Length)).CopyTo(grown);
            Bytes = grown;
        }

        return Bytes.AsSpan(offset, size);
    }

    /// <summary>Gives the memory back.</summary>
    public void Clear()
    {
        budget.Take(-Bytes.Length);
        Bytes = [];
    }
}
