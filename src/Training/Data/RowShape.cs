using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>One way to write a row.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Fields">Fields that a row must have.</param>
/// <param name="Map">Makes the example of a row that has them.</param>
internal sealed record RowShape(string Name, IReadOnlyList<string> Fields, Func<DataRow, Example> Map)
{
    /// <summary>What the fields must be like, beyond being there.</summary>
    public Func<DataRow, bool> When { get; init; } = _ => true;

    /// <summary>Whether a row is of this shape.</summary>
    public bool Matches(DataRow row) => Fields.All(row.Has) && When(row);
}
