using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>One collection of answers.</summary>
/// <param name="samples">Answers, those of a group together.</param>
public sealed class GrpoExperience(IReadOnlyList<GrpoSample> samples) : Experience
{
    /// <summary>Answers, those of a group together.</summary>
    public IReadOnlyList<GrpoSample> Answers { get; } = samples;
}
