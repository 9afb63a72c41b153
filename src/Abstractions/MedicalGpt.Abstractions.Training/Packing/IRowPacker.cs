namespace MedicalGpt.Training;

/// <summary>An algorithm that joins encoded rows into fuller ones. The trainer calls it once per data set, after all rows are encoded.</summary>
public interface IRowPacker
{
    /// <summary>Packs rows; every segment keeps its own attention, so joined rows do not see each other.</summary>
    /// <param name="rows">Encoded rows in order; they may lie on disk, so each is read once and not kept.</param>
    /// <returns>Packed rows, given one after the other; the rows themselves where packing is off.</returns>
    IEnumerable<EncodedExample> Pack(IReadOnlyList<EncodedExample> rows);
}
