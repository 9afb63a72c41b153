using System.Text.Json;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Tests;

namespace MedicalGpt.Algorithms.Tests.Training;

/// <summary>Compares logged series with the tolerances that the fixtures name.</summary>
public static class Series
{
    /// <summary>Series of a value per update: max(5e-4, 20 × the reference's own noise) absolute, or 1e-3 relative.</summary>
    public static void Compare(GoldenRun run, List<Dictionary<string, double>> log, params string[] names)
    {
        foreach (var name in names)
        {
            var expected = run.Golden.Output("series." + name.Replace('/', '.')).F;
            log.Count.ShouldBe(expected.Length);
            for (var k = 0; k < expected.Length; k++)
                Close(log[k][name], expected[k], Allowed(run, name), $"{name} of update {k + 1}");
        }
    }

    /// <summary>Values that TRL logs only where they are new (rollout metrics).</summary>
    public static void CompareLog(GoldenRun run, List<Dictionary<string, double>> log, params string[] names)
    {
        var expected = run.Golden.Case.GetProperty("log_history").EnumerateArray().ToArray();
        foreach (var name in names)
        {
            var compared = 0;
            for (var k = 0; k < expected.Length; k++)
            {
                if (!expected[k].TryGetProperty(name, out var value))
                    continue;
                Close(log[k][name], value.GetDouble(), 1e-5, $"{name} of update {k + 1}");
                compared++;
            }

            compared.ShouldBePositive(name);
        }
    }

    /// <summary>PPO: one micro-batch is one update.</summary>
    public static void ComparePpo(GoldenRun run, List<Dictionary<string, double>> log)
    {
        var microBatches = run.Golden.Case.GetProperty("micro_batches").EnumerateArray().ToArray();
        log.Count.ShouldBe(microBatches.Length);
        foreach (var (ours, trl) in new[] { ("loss", "loss"), ("loss/policy_avg", "pg_loss"), ("loss/value_avg", "vf_loss"), ("grad_norm", "grad_norm"), ("learning_rate", "lr"), ("policy/clipfrac_avg", "pg_clipfrac"), ("val/clipfrac_avg", "vf_clipfrac") })
        {
            for (var k = 0; k < microBatches.Length; k++)
                Close(log[k][ours], microBatches[k].GetProperty(trl).GetDouble(), 5e-4, $"{ours} of update {k + 1}");
        }

        var collections = run.Golden.Case.GetProperty("log_history").EnumerateArray().ToArray();
        for (var k = 0; k < collections.Length; k++)
        {
            var first = log[k * microBatches.Length / collections.Length];
            foreach (var name in new[] { "objective/kl", "objective/scores", "objective/non_score_reward", "objective/rlhf_reward", "val/num_eos_tokens", "episode" })
                Close(first[name], collections[k].GetProperty(name).GetDouble(), 2e-3, $"{name} of collection {k + 1}");
            first.ShouldContainKey("val/explained_variance");
        }
    }

    /// <summary>The order in which TRL took answers: indices of a pass joined by commas, passes by semicolons.</summary>
    public static string RecordedOrder(GoldenRun run) => string.Join(
        ';',
        run.Golden.Case.GetProperty("micro_batches").EnumerateArray()
            .GroupBy(m => (m.GetProperty("update").GetInt32(), m.GetProperty("ppo_epoch").GetInt32()))
            .Select(pass => string.Join(',', pass.SelectMany(m => m.GetProperty("inds").EnumerateArray()).Select(i => i.GetInt32()))));

    private static double Allowed(GoldenRun run, string name)
    {
        var noise = run.Golden.Case.GetProperty("max_abs_diff_eager_vs_sdpa").GetProperty("series").GetProperty(name);
        return Math.Max(5e-4, 20 * (noise.ValueKind == JsonValueKind.Number ? noise.GetDouble() : 0));
    }

    private static void Close(double actual, double expected, double absolute, string what) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(TestDevice.ToleranceFactor * Math.Max(absolute, 1e-3 * Math.Abs(expected)), $"{what}: {actual:R} against {expected:R}");
}
