namespace MedicalGpt.Datasets.Parquet.Metadata;

/// <summary>Kinds of page.</summary>
internal enum PageType
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataV2 = 3,
}
