using System.Text.Json;
using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Tests;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Losses;

[Trait("Device", "any")]
public sealed class GrpoLossTests
{
    private const string Case = "losses/grpo";
    private static readonly string[] NotOffered = ["use_bias_correction_kl", "top_entropy_quantile", "entropy_coef", "off_policy_mask_threshold", "vllm_is"];

    public static TheoryData<string> Keys => [.. Golden.Configs(Case, c => Type(c) is not null && !NotOffered.Any(name => c.TryGetProperty(name, out _)))];

    [Fact]
    public void All_offered_configurations_are_compared() => Keys.Count.ShouldBe(29);

    [Theory]
    [MemberData(nameof(Keys))]
    public void Matches_trl(string key)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden(Case);
        var config = golden.Config(key);
        var options = Options(config);
        var completion = golden.Input("completion_ids");
        var (rows, width) = (completion.Rows, completion.Columns);
        var logits = golden.Input("logits").Tensor(grad: true);
        var logProbsOfLogits = Logits.CompletionLogProbs(logits, completion.Tensor(), golden.Input("prompt_ids").Shape[1], options.Temperature).reshape(-1);
        var logProbs = logProbsOfLogits.detach().requires_grad_();
        var mask = golden.Input(Flag(config, "masked_row") ? "completion_mask_one_row_masked" : "completion_mask").Tensor().to(ScalarType.Float32).reshape(-1);
        if (Flag(config, "tool_mask"))
            mask *= golden.Input("tool_mask").Tensor().reshape(-1);
        var input = new GrpoLossInput(
            logProbs,
            Flag(config, "on_policy") ? logProbs.detach() : golden.Input("old_per_token_logps").Tensor().reshape(-1),
            options.Beta > 0 ? golden.Input("ref_per_token_logps").Tensor().reshape(-1) : null,
            golden.Input("advantages").Tensor(),
            tensor([.. Enumerable.Range(0, rows * width).Select(t => (long)(t / width))]).to(TestDevice.Device),
            mask);
        var accumulation = config.GetProperty("grad_accum").GetInt32();
        var tokens = options.LossType == GrpoLossType.Bnpo ? mask.sum().item<float>() * accumulation : config.GetProperty("num_items_in_batch").GetDouble();
        var denominators = new Denominators(new Dictionary<string, double> { ["tokens"] = tokens, ["answers"] = rows * accumulation });

        var terms = GrpoLoss.Terms(input, options);
        var loss = GrpoLoss.Reduce(terms, input, options, denominators);
        loss.backward();

        Near.Values(terms.PerToken, golden.Output($"{key}.per_token_loss"));
        Near.Values(loss, golden.Output($"{key}.loss"));
        Near.Gradient(logProbs.grad!, golden.Output($"{key}.grad_per_token_logps"));
        if (terms.Kl is not null)
            Near.Values(terms.Kl, golden.Output($"{key}.per_token_kl"));
        if (golden.TryOutput($"{key}.grad_logits") is { } expected)
        {
            logProbsOfLogits.backward([logProbs.grad!]);
            Near.Gradient(logits.grad!, expected);
        }
    }

    // Two answers of 3 and 2 tokens, log-ratios [[0, .3, −.4], [.1, −.25]], A = [.7, −1.1], ε .2, ε_high .28.
    [Theory]
    [InlineData(GrpoLossType.Grpo, ImportanceSamplingLevel.Token, 0.1797179971)]
    [InlineData(GrpoLossType.Dapo, ImportanceSamplingLevel.Token, 0.0060927955)]
    [InlineData(GrpoLossType.Bnpo, ImportanceSamplingLevel.Token, 0.0060927955)]
    [InlineData(GrpoLossType.DrGrpo, ImportanceSamplingLevel.Token, 0.0038079972)]
    [InlineData(GrpoLossType.Grpo, ImportanceSamplingLevel.Sequence, 0.1717332823)]
    public void Reference_numbers(GrpoLossType type, ImportanceSamplingLevel level, double expected)
    {
        using var scope = NewDisposeScope();
        var options = new GrpoOptions { LossType = type, ImportanceSamplingLevel = level, EpsilonHigh = 0.28, MaxCompletionLength = 4 };
        var logProbs = tensor(new[] { 0f, .3f, -.4f, .1f, -.25f }).to(TestDevice.Device);
        var input = new GrpoLossInput(logProbs, zeros_like(logProbs), null, tensor(new[] { .7f, -1.1f }).to(TestDevice.Device), tensor(new long[] { 0, 0, 0, 1, 1 }).to(TestDevice.Device), ones_like(logProbs));
        var denominators = new Denominators(new Dictionary<string, double> { ["tokens"] = 5, ["answers"] = 2 });
        Near.Value(GrpoLoss.Reduce(GrpoLoss.Terms(input, options), input, options, denominators).item<float>(), expected);
    }

    private static GrpoOptions Options(JsonElement config) => new()
    {
        LossType = Type(config)!.Value,
        ImportanceSamplingLevel = Enum.Parse<ImportanceSamplingLevel>(config.GetProperty("level").GetString()!, ignoreCase: true),
        Temperature = config.GetProperty("temperature").GetDouble(),
        Beta = config.GetProperty("beta").GetDouble(),
        Epsilon = config.GetProperty("epsilon_low").GetDouble(),
        EpsilonHigh = config.GetProperty("epsilon_high").GetDouble(),
        Delta = config.TryGetProperty("delta", out var delta) ? delta.GetDouble() : null,
        MaxCompletionLength = config.GetProperty("max_completion_length").GetInt32(),
    };

    private static bool Flag(JsonElement config, string name) => config.TryGetProperty(name, out var flag) && flag.GetBoolean();

    private static GrpoLossType? Type(JsonElement config) =>
        Enum.TryParse<GrpoLossType>(config.GetProperty("loss_type").GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var type) ? type : null;
}
