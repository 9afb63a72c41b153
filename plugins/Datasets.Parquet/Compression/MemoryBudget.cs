namespace MedicalGpt.Datasets.Parquet.Compression;

/// <summary>Counts the bytes that the pages in memory take, and refuses more than is sane.</summary>
internal sealed class MemoryBudget
{
    /// <summary>Most bytes that pages and dictionaries of all columns may take together.</summary>
    public const long Limit = 1L << 30;

    private long _used;

    /// <summary>Takes bytes (a negative number gives back).</summary>
    /// <exception cref="ParquetException">There is not so much left.</exception>
    public void Take(long bytes)
    {
        if (_used + bytes > Limit)
            throw new ParquetException($"its pages need more than {Limit >> 20} MiB of memory at once", "write the file with smaller pages (in pyarrow: data_page_size and write_batch_size), or leave out columns that training does not need");
        _used += bytes;
    }
}
