using MedicalGpt.Algorithms.RewardModel;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Tests;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Losses;

[Trait("Device", "any")]
public sealed class RewardModelLossTests
{
    [Theory]
    [InlineData("plain", false, 0)]
    [InlineData("margin", true, 0)]
    [InlineData("center", false, 0.01)]
    [InlineData("margin_center", true, 0.01)]
    public void Matches_trl(string key, bool withMargin, double center)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden("seqcls/qwen2_rm");
        var chosen = golden.Output("pair_rewards_chosen").Tensor(grad: true);
        var rejected = golden.Output("pair_rewards_rejected").Tensor(grad: true);
        var margin = withMargin ? golden.Input("margin").Tensor() : zeros_like(chosen);

        var loss = RewardModelLoss.PerPair(chosen, rejected, margin, center).mean();
        loss.backward();

        Near.Values(loss, golden.Output($"{key}.loss"));
        Near.Gradient(cat([chosen.grad!, rejected.grad!], 0), golden.Output($"{key}.grad_rewards"));
    }

    [Theory]
    [InlineData(0, 0, 0.3711006659)]
    [InlineData(0.5, 0, 0.5543552445)]
    [InlineData(0, 0.01, 0.3967006659)]
    public void Reference_numbers(double margin, double center, double expected)
    {
        using var scope = NewDisposeScope();
        var loss = RewardModelLoss.PerPair(tensor(new[] { 1.2f }).to(TestDevice.Device), tensor(new[] { 0.4f }).to(TestDevice.Device), tensor(new[] { (float)margin }).to(TestDevice.Device), center);
        Near.Value(loss.item<float>(), expected);
    }
}
