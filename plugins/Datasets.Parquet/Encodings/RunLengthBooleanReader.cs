namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>Booleans in encoding RLE.</summary>
internal sealed class RunLengthBooleanReader(HybridReader bits) : ValueReader
{
    /// <inheritdoc/>
    public override void Read(ref RawValue value) => value.Number = bits.Next();
}
