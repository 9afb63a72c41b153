using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Tests;

public sealed class OptimizerTests
{
    [Theory]
    [InlineData("adamw", 0.01, 0.999, 1e-8, 0.01, 0)]
    [InlineData("adamw_beta2_0.95", 0.003, 0.95, 1e-6, 0.1, 0)]
    [InlineData("adamw_clip1", 0.01, 0.999, 1e-8, 0.01, 1)]
    public void Steps_are_those_of_pytorch(string key, double rate, double beta2, double epsilon, double decay, double clip)
    {
        var folder = Path.Combine(Golden.Root, "sched_opt", "sched_opt");
        using var scope = NewDisposeScope();
        var inputs = TensorFile.Read(Path.Combine(folder, "inputs.safetensors"));
        var expected = TensorFile.Read(Path.Combine(folder, "outputs.safetensors"))[$"{key}.param_after_step"];
        var norms = Golden.Case("sched_opt/sched_opt").GetProperty("configs").GetProperty(key).GetProperty("grad_norm_before_clip").EnumerateArray().Select(n => n.GetDouble()).ToArray();
        var weight = inputs["param0"].clone().requires_grad_();
        using var optimizer = new Optimizer([new TrainedWeight("w", weight, true)], new OptimizerOptions { AdamBeta2 = beta2, AdamEpsilon = epsilon, WeightDecay = decay });

        for (var step = 0; step < expected.shape[0]; step++)
        {
            optimizer.ZeroGradients();
            weight.grad = inputs["grads"][step].clone();
            var norm = optimizer.ClipGradients(clip);
            if (clip > 0)
                norm.ShouldBe(norms[step], 1e-5);
            optimizer.Step(rate);
            (weight.detach() - expected[step]).abs().max().item<float>().ShouldBeLessThan(2e-6f, $"step {step}");
        }
    }
}
