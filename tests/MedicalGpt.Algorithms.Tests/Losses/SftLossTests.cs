using MedicalGpt.Algorithms.Sft;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Tests;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Losses;

[Trait("Device", "any")]
public sealed class SftLossTests
{
    [Theory]
    [InlineData(SftLossType.Nll, "nll_mean", 17)]
    [InlineData(SftLossType.Nll, "nll_num_items_50", 50)]
    [InlineData(SftLossType.Dft, "dft_mean", 17)]
    [InlineData(SftLossType.Dft, "dft_num_items_50", 50)]
    public void Matches_transformers_and_trl(SftLossType type, string key, double tokens)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden("losses/sft");
        var logits = golden.Input("logits").Tensor(grad: true);
        var labels = golden.Input("labels").Tensor();
        var learned = labels.narrow(1, 1, labels.shape[1] - 1).ne(-100);
        var logProbs = Logits.NextTokenLogProbs(logits, labels.clamp_min(0)).masked_select(learned);

        var loss = SftLoss.Compute(type, logProbs, tokens);
        loss.backward();

        Near.Values(loss, golden.Output($"{key}.loss"));
        Near.Gradient(logits.grad!, golden.Output($"{key}.grad_logits"));
    }

    [Fact]
    public void Dynamic_fine_tuning_of_three_tokens()
    {
        // p = .5, .9, .1: Σ −p log p / 3 = (.3465735903 + .0948244641 + .2302585093) / 3 = .2238855212
        using var scope = NewDisposeScope();
        var logProbs = tensor(new[] { .5f, .9f, .1f }).to(TestDevice.Device).log();
        Near.Value(SftLoss.Compute(SftLossType.Dft, logProbs, 3).item<float>(), 0.2238855212);
        Near.Value(SftLoss.Compute(SftLossType.Nll, logProbs, 3).item<float>(), 1.0336975964);
    }
}
