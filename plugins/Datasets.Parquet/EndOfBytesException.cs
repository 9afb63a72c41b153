namespace MedicalGpt.Datasets.Parquet;

/// <summary>Bytes end inside a value; with more of them it might be whole.</summary>
internal sealed class EndOfBytesException() : ParquetException("the bytes end in the middle of a value");
