namespace MedicalGpt.Training.Numerics;

/// <summary>TRL's metrics of preference pairs.</summary>
public static class PairMetrics
{
    /// <summary>Adds <c>rewards/chosen</c>, <c>rewards/rejected</c>, <c>rewards/accuracies</c> (share with chosen above rejected) and <c>rewards/margins</c>.</summary>
    /// <param name="metrics">Where to add.</param>
    /// <param name="chosen">Rewards of the better answers, [n].</param>
    /// <param name="rejected">Rewards of the worse answers, [n].</param>
    public static void AddRewards(Metrics metrics, double[] chosen, double[] rejected)
    {
        metrics.AddMean("rewards/chosen", chosen.Sum(), chosen.Length);
        metrics.AddMean("rewards/rejected", rejected.Sum(), rejected.Length);
        metrics.AddMean("rewards/accuracies", Wins(chosen, rejected), chosen.Length);
        metrics.AddMean("rewards/margins", chosen.Sum() - rejected.Sum(), chosen.Length);
    }

    /// <summary>Number of pairs in which the better answer has the higher reward; a tie is not a win.</summary>
    /// <param name="chosen">Rewards of the better answers, [n].</param>
    /// <param name="rejected">Rewards of the worse answers, [n].</param>
    /// <returns>Wins.</returns>
    public static int Wins(double[] chosen, double[] rejected) => chosen.Zip(rejected).Count(p => p.First > p.Second);
}
