using System.Text.Json;
using MedicalGpt.Algorithms.Dpo;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Tests;
using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Losses;

[Trait("Device", "any")]
public sealed class DpoLossTests
{
    private const string Case = "losses/dpo";

    public static TheoryData<string> Keys => [.. Golden.Configs(Case, c => Type(c) is not null && !Uses(c, "f_divergence_type") && !Uses(c, "ld_alpha") && !Uses(c, "use_weighting"))];

    [Fact]
    public void Seventeen_configurations_are_compared() => Keys.Count.ShouldBe(17);

    [Theory]
    [MemberData(nameof(Keys))]
    public void Matches_trl(string key)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden(Case);
        var config = golden.Config(key);
        var (n, mask, ids) = (golden.Case.GetProperty("num_pairs").GetInt32(), Logits.Shifted(golden.Input("completion_mask")), golden.Input("input_ids").Tensor());
        var policyLogits = golden.Input("policy_logits").Tensor(grad: true);
        var policy = (Logits.NextTokenLogProbs(policyLogits, ids) * mask).sum(1);
        var reference = (Logits.NextTokenLogProbs(golden.Input("ref_logits").Tensor(), ids) * mask).sum(1);
        Near.Values(policy.narrow(0, 0, n), golden.Output("chosen_logps"));
        Near.Values(reference.narrow(0, n, n), golden.Output("ref_rejected_logps"));

        var logps = policy.detach().requires_grad_();
        var beta = config.GetProperty("beta").GetDouble();
        var smoothing = Uses(config, "label_smoothing") ? config.GetProperty("label_smoothing").GetDouble() : 0;
        var ratios = logps - reference;
        var perPair = DpoLoss.PerPair(Type(config)!.Value, ratios.narrow(0, 0, n), ratios.narrow(0, n, n), mask.sum(1).narrow(0, 0, n), mask.sum(1).narrow(0, n, n), beta, smoothing);
        perPair.mean().backward();

        Near.Values(perPair, golden.Output($"{key}.per_sequence_loss"));
        Near.Value(perPair.mean().item<float>(), config.GetProperty("loss").GetDouble());
        if (golden.TryOutput($"{key}.grad_chosen_logps") is { } chosenGradient)
        {
            Near.Gradient(logps.grad!.narrow(0, 0, n), chosenGradient);
            Near.Gradient(logps.grad!.narrow(0, n, n), golden.Output($"{key}.grad_rejected_logps"));
        }

        if (golden.TryOutput($"{key}.grad_policy_logits") is { } logitsGradient)
        {
            policy.backward([logps.grad!]);
            Near.Gradient(policyLogits.grad!, logitsGradient);
        }
    }

    [Fact]
    public void Added_sft_term_is_the_token_mean_of_chosen_answers()
    {
        using var scope = NewDisposeScope();
        var golden = new Golden(Case);
        var n = golden.Case.GetProperty("num_pairs").GetInt32();
        var mask = Logits.Shifted(golden.Input("completion_mask"));
        var logits = golden.Input("policy_logits").Tensor(grad: true);
        var logProbs = Logits.NextTokenLogProbs(logits, golden.Input("input_ids").Tensor()) * mask;

        var loss = CrossEntropy.Loss(logProbs.narrow(0, 0, n), mask.narrow(0, 0, n).sum().item<float>());
        loss.backward();

        Near.Values(loss, golden.Output("sft.loss"));
        Near.Gradient(logits.grad!, golden.Output("sft.grad_policy_logits"));
    }

    // β 0.1, log-probabilities −12 (8 tokens) and −15 (10 tokens), reference −13 and −14: s_c = 1, s_r = −1.
    [Theory]
    [InlineData(DpoLossType.Sigmoid, 0, 0.5981388694)]
    [InlineData(DpoLossType.Hinge, 0, 0.8)]
    [InlineData(DpoLossType.Ipo, 0, 22.800625)]
    [InlineData(DpoLossType.ExoPair, 0.1, 0.4063042507)]
    [InlineData(DpoLossType.NcaPair, 0, 1.3387933201)]
    [InlineData(DpoLossType.Robust, 0.1, 0.5731388694)]
    [InlineData(DpoLossType.BcoPair, 0, 1.2887933201)]
    [InlineData(DpoLossType.SppoHard, 0, 32.0)]
    [InlineData(DpoLossType.ApoZero, 0, 0.9500416250)]
    [InlineData(DpoLossType.ApoDown, 0, 0.9751451902)]
    [InlineData(DpoLossType.SigmoidNorm, 0, 0.6819604605)]
    public void Reference_numbers(DpoLossType type, double smoothing, double expected)
    {
        using var scope = NewDisposeScope();
        var loss = DpoLoss.PerPair(type, tensor(new[] { 1f }).to(TestDevice.Device), tensor(new[] { -1f }).to(TestDevice.Device), tensor(new[] { 8f }).to(TestDevice.Device), tensor(new[] { 10f }).to(TestDevice.Device), 0.1, smoothing);
        Near.Value(loss.item<float>(), expected);
    }

    private static bool Uses(JsonElement config, string name) => config.TryGetProperty(name, out _);

    private static DpoLossType? Type(JsonElement config)
    {
        if (!config.TryGetProperty("loss_type", out var types))
            return DpoLossType.Sigmoid;
        var found = Enum.TryParse<DpoLossType>(types[0].GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var type);
        return found && types.GetArrayLength() == 1 ? type : null;
    }
}
