using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>One collection of answers.</summary>
/// <param name="sequences">Answers.</param>
/// <param name="orders">For each pass, the order in which answers are taken.</param>
public sealed class PpoExperience(IReadOnlyList<PpoSequence> sequences, IReadOnlyList<int[]> orders) : Experience
{
    /// <summary>Answers.</summary>
    public IReadOnlyList<PpoSequence> Sequences { get; } = sequences;

    /// <summary>For each pass, the order in which answers are taken.</summary>
    public IReadOnlyList<int[]> Orders { get; } = orders;
}
