namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>RLE_DICTIONARY (and PLAIN_DICTIONARY in data pages): indices into the chunk's dictionary.</summary>
internal sealed class DictionaryReader(ValueDictionary dictionary, HybridReader indices) : ValueReader
{
    /// <inheritdoc/>
    public override void Read(ref RawValue value) => dictionary.Get(indices.Next(), ref value);
}
