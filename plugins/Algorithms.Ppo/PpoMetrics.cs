using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>TRL's metrics of PPO. Departure: every mean is over real tokens; TRL averages several of them over padding too.</summary>
public static class PpoMetrics
{
    /// <summary>Adds what a collection shows: <c>objective/*</c>, <c>val/num_eos_tokens</c>, and <c>val/explained_variance</c> = 1 − Var(R − V) / Var(R).</summary>
    /// <param name="metrics">Where to add.</param>
    /// <param name="sequences">Answers with advantages and returns.</param>
    /// <param name="klCoef">Weight of the KL penalty.</param>
    /// <param name="options">KL estimator.</param>
    public static void AddCollection(Metrics metrics, IReadOnlyList<PpoSequence> sequences, double klCoef, PpoOptions options)
    {
        var n = sequences.Count;
        var kl = sequences.Sum(s => s.Old.Zip(s.Reference, (p, r) => Kl.Estimate(options.KlEstimator, p, r)).Sum());
        var scores = sequences.Sum(s => s.Score);
        metrics.AddMean("objective/kl", kl, n);
        metrics.AddMean("objective/kl_coef", klCoef, 1);
        metrics.AddMean("objective/entropy", -sequences.Sum(s => s.Old.Sum(p => (double)p)), n);
        metrics.AddMean("objective/non_score_reward", -klCoef * kl, n);
        metrics.AddMean("objective/rlhf_reward", scores - (klCoef * kl), n);
        metrics.AddSum("val/num_eos_tokens", sequences.Count(s => s.Rollout.Finished));
        double[] returns = [.. sequences.SelectMany(s => s.Returns)];
        double[] errors = [.. sequences.SelectMany(s => s.Returns.Zip(s.Values, (r, v) => r - v))];
        var spread = Statistics.Variance(returns);
        if (spread > 0)
            metrics.AddMean("val/explained_variance", 1 - (Statistics.Variance(errors) / spread), 1);
    }

    /// <summary>Adds the scores of answers: <c>objective/scores</c> and <c>reward</c>.</summary>
    /// <param name="metrics">Where to add.</param>
    /// <param name="scores">Scores.</param>
    public static void AddScores(Metrics metrics, IReadOnlyCollection<double> scores)
    {
        metrics.AddMean("objective/scores", scores.Sum(), scores.Count);
        metrics.AddMean("reward", scores.Sum(), scores.Count);
        if (scores.Count > 1)
            metrics.AddMean("reward_std", Statistics.StandardDeviation(scores), 1);
    }

    /// <summary>Adds what one micro-batch shows.</summary>
    /// <param name="metrics">Where to add.</param>
    /// <param name="terms">Its parts.</param>
    /// <param name="options">Clip ranges.</param>
    public static void AddUpdate(Metrics metrics, PpoTerms terms, PpoOptions options)
    {
        var policy = TensorValues.Doubles(terms.Policy);
        var value = TensorValues.Doubles(terms.Value);
        metrics.AddMean("loss/policy_avg", policy.Sum(), policy.Length);
        metrics.AddMean("loss/value_avg", value.Sum(), value.Length);
        metrics.AddMean("policy/entropy_avg", TensorValues.Doubles(terms.Entropy).Sum(), policy.Length);

        var logRatios = TensorValues.Doubles(terms.LogProbs - terms.Old);
        metrics.AddMean("policy/approxkl_avg", logRatios.Sum(l => 0.5 * l * l), logRatios.Length);
        metrics.AddMean("val/ratio", logRatios.Sum(Math.Exp), logRatios.Length);
        metrics.AddMean("policy/clipfrac_avg", logRatios.Zip(TensorValues.Doubles(terms.Advantages)).Count(p => PolicyClipped(Math.Exp(p.First), p.Second, options.Cliprange)), logRatios.Length);

        double[] values = TensorValues.Doubles(terms.Values), old = TensorValues.Doubles(terms.OldValues), returns = TensorValues.Doubles(terms.Returns);
        metrics.AddMean("val/clipfrac_avg", Enumerable.Range(0, values.Length).Count(k => ValueClipped(values[k], old[k], returns[k], options.CliprangeValue)), values.Length);
    }

    private static bool PolicyClipped(double ratio, double advantage, double clip) =>
        -advantage * Math.Clamp(ratio, 1 - clip, 1 + clip) > -advantage * ratio;

    private static bool ValueClipped(double value, double old, double target, double clip)
    {
        var clipped = Math.Clamp(value, old - clip, old + clip);
        return (clipped - target) * (clipped - target) > (value - target) * (value - target);
    }
}
