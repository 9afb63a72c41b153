using MedicalGpt.Modeling;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Tests;

/// <summary>AdamW with moments in 8 bits.</summary>
public sealed class PackedOptimizerTests
{
    [Fact]
    public void An_update_is_AdamW_on_moments_that_were_packed_after_the_last_one()
    {
        const double rate = 0.01, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
        using var scope = NewDisposeScope();
        var weight = randn([64, 70]).requires_grad_();
        var expected = weight.detach().clone();
        using var optimizer = new Optimizer([new TrainedWeight("w", weight, true)], new OptimizerOptions { Optim = "adamw_8bit", WeightDecay = 0 });
        var (mean, square) = (zeros([64 * 70]), zeros([64 * 70]));
        for (var step = 1; step <= 3; step++)
        {
            var gradient = randn([64, 70]);
            weight.grad = gradient.clone();
            optimizer.Step(rate);
            mean = mean.mul(beta1).add(gradient.view(-1).mul(1 - beta1));
            square = square.mul(beta2).add(gradient.view(-1).square().mul(1 - beta2));
            var step1 = mean.div(1 - Math.Pow(beta1, step)).div(square.div(1 - Math.Pow(beta2, step)).sqrt().add(epsilon));
            expected.sub_(step1.view([64, 70]).mul(rate));
            (weight.detach() - expected).abs().max().item<float>().ShouldBeLessThan(1e-5f, $"step {step}");
            (mean, square) = (Packed(mean, Codebook.SignedDynamic), Packed(square, Codebook.UnsignedDynamic));
        }

        static Tensor Packed(Tensor numbers, Codebook book)
        {
            var codes = BlockQuantizer.Encode(numbers, book, 256);
            return BlockQuantizer.Decode(codes.Codes, codes.Largest, book, 256);
        }
    }

    [Fact]
    public void Small_weights_keep_fp32_moments_and_large_ones_take_a_quarter_of_the_memory()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var (small, large) = (randn([4095]).requires_grad_(), randn([8192]).requires_grad_());
        using var optimizer = new Optimizer([new TrainedWeight("small", small, true), new TrainedWeight("large", large, true)], new OptimizerOptions { Optim = "adamw_bnb_8bit" });
        optimizer.Save(folder.At("o.safetensors"));
        var tensors = TensorFile.Read(folder.At("o.safetensors"));
        tensors["small.exp_avg"].dtype.ShouldBe(ScalarType.Float32);
        tensors.Where(t => t.Key.StartsWith("large.exp", StringComparison.Ordinal)).Sum(t => t.Value.numel() * t.Value.element_size()).ShouldBe(2 * (8192 + 32 * 4));
    }

    [Theory]
    [InlineData("sft")]
    public async Task A_resumed_run_ends_with_the_same_weights_and_moments_to_the_bit(string stage)
    {
        using var folder = new TemporaryFolder();
        StageRequest Request(string output, string? resume)
        {
            var options = RealRuns.Options(folder.At(output), r => r with { MaxSteps = 4, SaveSteps = 2, ResumeFromCheckpoint = resume });
            return RealRuns.Request(stage, options with { Optimizer = options.Optimizer with { Optim = "adamw_8bit" }, Adapter = options.Adapter with { LoraRank = 64 } });
        }

        await Runs.RunAsync(Request("straight", null));
        await Runs.RunAsync(Request("resumed", folder.At("straight/checkpoint-2")));
        Runs.Weights(folder.At("resumed"), 4).ShouldBe(Runs.Weights(folder.At("straight"), 4));
        File.ReadAllBytes(folder.At("resumed/checkpoint-4/optimizer.safetensors")).ShouldBe(File.ReadAllBytes(folder.At("straight/checkpoint-4/optimizer.safetensors")));
        using var scope = NewDisposeScope();
        TensorFile.Read(folder.At("straight/checkpoint-4/optimizer.safetensors")).Keys.ShouldContain(k => k.EndsWith(".exp_avg.codes", StringComparison.Ordinal));
    }
}
