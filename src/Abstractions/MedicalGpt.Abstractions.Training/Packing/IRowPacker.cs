namespace MedicalGpt.Training;

/// <summary>An algorithm that joins encoded rows into fuller ones. The trainer calls it once per data set, after all rows are encoded.</summary>
public interface IRowPacker
{
    /// <summary>Packs rows; every segment keeps its own attention, so joined rows do not see each other.</summary>
    /// <param name="rows">Encoded rows in order.</param>
    /// <returns>Packed rows; the rows themselves where packing is off.</returns>
    IReadOnlyList<EncodedExample> Pack(IReadOnlyList<EncodedExample> rows);
}
