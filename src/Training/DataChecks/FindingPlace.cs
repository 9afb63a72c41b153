using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>A row that a finding is about.</summary>
/// <param name="Origin">Its file and line.</param>
/// <param name="Detail">What about it; empty = the finding says it.</param>
public sealed record FindingPlace(RowOrigin Origin, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => Detail.Length > 0 ? $"{Origin} ({Detail})" : Origin.ToString();
}
