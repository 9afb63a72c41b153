using MedicalGpt.Algorithms.Orpo;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Tests;
using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Losses;

[Trait("Device", "any")]
public sealed class OrpoLossTests
{
    [Theory]
    [InlineData("orpo_beta0.1", 0.1)]
    [InlineData("orpo_beta1.0", 1.0)]
    public void Matches_trl(string key, double beta)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden("losses/cpo_orpo");
        var n = golden.Case.GetProperty("num_pairs").GetInt32();
        var (mask, attended) = (Logits.Shifted(golden.Input("completion_mask")), Logits.Shifted(golden.Input("attention_mask")));
        var logits = golden.Input("policy_logits").Tensor(grad: true);
        var logProbs = Logits.NextTokenLogProbs(logits, golden.Input("input_ids").Tensor());
        var means = (logProbs * mask).sum(1) / mask.sum(1);
        var chosenSequence = (logProbs * attended).narrow(0, 0, n);

        var perPair = OrpoLoss.PerPair(OrpoLoss.LogOddsRatio(means.narrow(0, 0, n), means.narrow(0, n, n)), beta);
        var nll = CrossEntropy.Loss(chosenSequence, attended.narrow(0, 0, n).sum().item<float>());
        var loss = nll + perPair.mean();
        loss.backward();

        Near.Values(-perPair, golden.Output($"{key}.losses"));
        Near.Values(nll, golden.Output($"{key}.nll_loss"));
        Near.Values(loss, golden.Output($"{key}.loss"));
        Near.Gradient(logits.grad!, golden.Output($"{key}.grad_policy_logits"));
    }

    [Fact]
    public void Reference_numbers()
    {
        using var scope = NewDisposeScope();
        var logOdds = OrpoLoss.LogOddsRatio(tensor(new[] { -1.5f }).to(TestDevice.Device), tensor(new[] { -1.8f }).to(TestDevice.Device));
        Near.Value(logOdds.item<float>(), 0.3718008907);
        Near.Value(2.0 + OrpoLoss.PerPair(logOdds, 0.1).item<float>(), 2.0524427604);
    }

    [Theory]
    [InlineData(-30f)]
    [InlineData(-0.6931472f)]
    [InlineData(-1e-3f)]
    [InlineData(-1e-6f)]
    public void Log_of_one_minus_exp_is_exact_on_both_sides(float x)
    {
        using var scope = NewDisposeScope();
        var argument = tensor(new[] { x }).to(TestDevice.Device).requires_grad_();
        var value = OrpoLoss.Log1MinusExp(argument);
        value.sum().backward();

        // In double: log(−expm1(x)), with gradient −e^x / (1 − e^x) = 1 / expm1(−x) negated.
        value.item<float>().ShouldBe((float)Math.Log(-ExpM1(x)), 2e-6 * Math.Max(1, Math.Abs(Math.Log(-ExpM1(x)))));
        argument.grad!.item<float>().ShouldBe((float)(Math.Exp(x) / ExpM1(x)), 1e-4 * Math.Abs(Math.Exp(x) / ExpM1(x)));
    }

    private static double ExpM1(double x) => Math.Abs(x) < 1e-4 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1;
}
