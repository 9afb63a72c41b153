using MedicalGpt.Rewards;

namespace MedicalGpt.Training;

/// <summary>A reward function of a run.</summary>
/// <param name="Name">Its name, as logged.</param>
/// <param name="Function">The function.</param>
/// <param name="Weight">Its weight in the total.</param>
public sealed record NamedReward(string Name, IRewardFunction Function, double Weight = 1.0);
