using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Tests;

namespace MedicalGpt.Algorithms.Tests.Training;

/// <summary>Compares the weights that a run leaves with TRL's.</summary>
public static class FinalWeights
{
    public static void CompareAdapter(GoldenRun run, string output) =>
        Compare(run, Golden.Read(Path.Combine(output, "adapter_model.safetensors")), Golden.Read(Path.Combine(run.Golden.Folder, "final_adapter", "adapter_model.safetensors")));

    public static void CompareModel(GoldenRun run, string output) =>
        Compare(run, Golden.Read(Path.Combine(output, "model.safetensors")), Golden.Read(Path.Combine(run.Golden.Folder, "final_model.safetensors")));

    public static void ComparePpo(GoldenRun run, string output)
    {
        var ours = Golden.Read(Path.Combine(output, "model.safetensors")).ToDictionary(w => "policy." + w.Key, w => w.Value);
        foreach (var (name, weight) in Golden.Read(Path.Combine(output, "value_model", "model.safetensors")))
            ours["value_model." + name] = weight;
        Compare(run, ours, Golden.Read(Path.Combine(run.Golden.Folder, "final_model.safetensors")));
    }

    private static void Compare(GoldenRun run, Dictionary<string, GoldenTensor> ours, Dictionary<string, GoldenTensor> expected)
    {
        ours.Keys.Order().ShouldBe(expected.Keys.Order());
        var tolerances = run.Golden.Case.GetProperty("tolerances");
        double worst = 0, sum = 0, count = 0;
        foreach (var (name, weight) in expected)
        {
            var actual = ours[name].F;
            actual.Length.ShouldBe(weight.F.Length, name);
            for (var i = 0; i < actual.Length; i++)
            {
                var difference = Math.Abs(actual[i] - weight.F[i]);
                (worst, sum, count) = (Math.Max(worst, difference), sum + difference, count + 1);
            }
        }

        worst.ShouldBeLessThanOrEqualTo(tolerances.GetProperty("final_weight_atol").GetDouble() * TestDevice.ToleranceFactor);
        (sum / count).ShouldBeLessThanOrEqualTo(tolerances.GetProperty("final_weight_mean_abs_atol").GetDouble() * TestDevice.ToleranceFactor);
    }
}
