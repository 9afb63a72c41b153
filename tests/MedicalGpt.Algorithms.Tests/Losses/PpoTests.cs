using MedicalGpt.Algorithms.Ppo;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Tests;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Losses;

[Trait("Device", "any")]
public sealed class PpoTests
{
    private const string Case = "losses/ppo";

    public static TheoryData<string> Keys => [.. Golden.Configs(Case, _ => true)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Rewards_advantages_and_returns_match_trl(string key)
    {
        var golden = new Golden(Case);
        var options = Options(golden, key);
        var sequences = Sequences(golden, options);

        var assigned = PpoRewards.Assign(sequences, options.KlCoef, options);

        for (var i = 0; i < assigned.Length; i++)
        {
            var s = assigned[i];
            if (!options.WhitenRewards)
                Near.Values(PpoRewards.PerSlot(s, options.KlCoef, options.KlEstimator), golden.Output($"{key}.rewards").Row(i)[..s.Slots], "rewards");
            Near.Values(s.Advantages, golden.Output($"{key}.advantages").Row(i)[..s.Tokens], "advantages");
            Near.Values(s.Returns, golden.Output($"{key}.returns").Row(i)[..s.Slots], "returns");
        }

        var metrics = new Metrics();
        PpoMetrics.AddCollection(metrics, assigned, options.KlCoef, options);
        Near.Value(metrics.Values["objective/kl"], golden.Output($"{key}.stat.mean_kl").F[0]);
        Near.Value(metrics.Values["objective/non_score_reward"], golden.Output($"{key}.stat.mean_non_score_reward").F[0]);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Losses_match_trl(string key)
    {
        var golden = new Golden(Case);
        Check(golden, key, "mb_all", [.. Enumerable.Range(0, golden.Input("scores").Rows)]);
        Check(golden, key, "mb_sub", [.. golden.Case.GetProperty("sub_micro_batch").EnumerateArray().Select(i => i.GetInt32())]);
    }

    [Fact]
    public void Generalised_advantages_reference_numbers()
    {
        // γ 1, λ .95, ρ [−.01, −.02, .03, 1], V [.2, .3, .1, .5]
        var advantages = GeneralizedAdvantage.Compute([-.01, -.02, .03, 1], [.2f, .3f, .1f, .5f], 1, .95);
        Near.Values(advantages, [0.6977625f, 0.63975f, 0.905f, 0.5f]);
        Near.Values(Statistics.Whiten([advantages])[0], [0.0721594699f, -0.2728233782f, 1.3045384049f, -1.1038744967f]);
    }

    [Fact]
    public void Whitening_matches_trl()
    {
        var golden = new Golden(Case);
        var key = Golden.Configs(Case, _ => true).Last();
        var values = golden.Input("values");
        double[][] rows = [.. Enumerable.Range(0, values.Rows).Select(i => values.Row(i).Where((_, t) => golden.Output($"{key}.padding_mask").IntegerRow(i)[t] == 0).Select(v => (double)v).ToArray())];
        foreach (var (name, shift) in new[] { ("shift", true), ("noshift", false) })
        {
            var whitened = Statistics.Whiten(rows, shift);
            for (var i = 0; i < rows.Length; i++)
                Near.Values(whitened[i], golden.Output($"masked_whiten.{name}").Row(i)[..rows[i].Length], name);
        }

        Near.Value(Statistics.Mean(rows.SelectMany(r => r)), golden.Output("masked_mean").F[0]);
        Near.Value(Statistics.Variance(rows.SelectMany(r => r)), golden.Output("masked_var").F[0]);
    }

    [Fact]
    public void Adaptive_coefficient_follows_the_clipped_error()
    {
        // KL 9 against target 6: error clipped to .2, 100 answers of 1,000: ×(1 + .2 · .1) = 1.02; then KL 5.4: ×(1 − .1 · .1) = .99.
        var kl = new AdaptiveKl(new PpoOptions { KlCoef = 0.1, KlTarget = 6, KlHorizon = 1000 });
        kl.Observe(9, 100);
        kl.Coefficient.ShouldBe(0.102, 1e-12);
        kl.Observe(5.4, 100);
        kl.Coefficient.ShouldBe(0.10098, 1e-12);
    }

    private static void Check(Golden golden, string key, string tag, int[] rows)
    {
        using var scope = NewDisposeScope();
        var options = Options(golden, key);
        var all = PpoRewards.Assign(Sequences(golden, options), options.KlCoef, options);
        PpoSequence[] batch = [.. rows.Select(i => all[i])];
        var (prompt, width) = (golden.Case.GetProperty("context_length").GetInt32(), golden.Case.GetProperty("response_length").GetInt32());
        var take = tensor([.. rows.Select(i => (long)i)]).to(TestDevice.Device);
        var logits = golden.Input("logits").Tensor().index_select(0, take).requires_grad_();
        var predicted = golden.Input("vpred").Tensor().index_select(0, take).requires_grad_();
        var logProbs = Flat(Logits.CompletionLogProbs(logits, golden.Input("responses").Tensor().index_select(0, take), prompt, options.Temperature + 1e-7), batch, s => s.Tokens, width);
        var values = Flat(predicted.narrow(1, prompt - 1, width).squeeze(-1), batch, s => s.Slots, width);
        var old = Vector(batch.SelectMany(s => s.Old));
        var advantages = Vector(batch.SelectMany(s => s.Advantages.Select(a => (float)a)));
        var oldValues = Vector(batch.SelectMany(s => s.Values));
        var returns = Vector(batch.SelectMany(s => s.Returns.Select(r => (float)r)));

        var policy = PpoLoss.Policy(logProbs, old, advantages, options.Cliprange);
        var value = PpoLoss.Value(values, oldValues, returns, options.CliprangeValue);
        var loss = policy.mean() + (options.VfCoef * value.mean());
        loss.backward();
        var metrics = new Metrics();
        PpoMetrics.AddUpdate(metrics, new PpoTerms(policy, value, logProbs, old, advantages, zeros_like(policy), values, oldValues, returns), options);

        Near.Values(policy.mean(), golden.Output($"{key}.{tag}.pg_loss"), "policy loss");
        Near.Values(value.mean(), golden.Output($"{key}.{tag}.vf_loss"), "value loss");
        Near.Values(loss, golden.Output($"{key}.{tag}.loss"), "loss");
        Near.Value(metrics.Values["policy/clipfrac_avg"], golden.Output($"{key}.{tag}.pg_clipfrac").F[0], "policy clip fraction");
        Near.Value(metrics.Values["val/clipfrac_avg"], golden.Output($"{key}.{tag}.vf_clipfrac").F[0], "value clip fraction");

        // TRL's mean runs over padding too, where the difference is 0.
        Near.Value(metrics.Values["policy/approxkl_avg"] * batch.Sum(s => s.Tokens) / (batch.Length * width), golden.Output($"{key}.{tag}.approxkl").F[0], "approximate KL");
        if (golden.TryOutput($"{key}.{tag}.grad_vpred") is { } valueGradient)
            Near.Gradient(predicted.grad!, valueGradient);
        if (golden.TryOutput($"{key}.{tag}.grad_logits") is { } logitsGradient)
            Near.Gradient(logits.grad!, logitsGradient);
    }

    private static Tensor Flat(Tensor padded, PpoSequence[] batch, Func<PpoSequence, int> length, int width) =>
        padded.reshape(-1).index_select(0, tensor([.. batch.SelectMany((s, i) => Enumerable.Range(i * width, length(s)).Select(t => (long)t))]).to(TestDevice.Device));

    private static Tensor Vector(IEnumerable<float> values) => tensor(values.ToArray()).to(TestDevice.Device);

    private static PpoOptions Options(Golden golden, string key)
    {
        var c = golden.Config(key);
        return new PpoOptions
        {
            KlCoef = c.GetProperty("kl_coef").GetDouble(),
            KlEstimator = Enum.Parse<KlEstimator>(c.GetProperty("kl_estimator").GetString()!, ignoreCase: true),
            WhitenRewards = c.GetProperty("whiten_rewards").GetBoolean(),
            Gamma = c.GetProperty("gamma").GetDouble(),
            Lam = c.GetProperty("lam").GetDouble(),
            Temperature = c.GetProperty("temperature").GetDouble(),
            Cliprange = c.GetProperty("cliprange").GetDouble(),
            CliprangeValue = c.GetProperty("cliprange_value").GetDouble(),
            VfCoef = c.GetProperty("vf_coef").GetDouble(),
            MissingEosPenalty = c.GetProperty("missing_eos_penalty").ValueKind == System.Text.Json.JsonValueKind.Null ? null : c.GetProperty("missing_eos_penalty").GetDouble(),
            ScoreAfterEnd = true,
        };
    }

    private static PpoSequence[] Sequences(Golden golden, PpoOptions options)
    {
        var width = golden.Case.GetProperty("response_length").GetInt32();
        var eos = golden.Case.GetProperty("eos_token_id").GetInt64();
        return
        [
            .. golden.Input("sequence_lengths").I.Select((last, i) =>
            {
                var tokens = (int)last + 1;
                var finished = golden.Input("postprocessed_responses").IntegerRow(i).Contains(eos);
                var rollout = new Rollout([1], [.. golden.Input("responses").IntegerRow(i).Take(tokens).Select(id => (int)id)], finished);
                var slots = Math.Min(tokens + 1, width);
                return new PpoSequence(rollout, slots)
                {
                    Old = golden.Input("logprobs").Row(i)[..tokens],
                    Reference = golden.Input("ref_logprobs").Row(i)[..tokens],
                    Values = golden.Input("values").Row(i)[..slots],
                    Score = golden.Input("scores").F[i] - (finished ? 0 : options.MissingEosPenalty ?? 0),
                };
            }),
        ];
    }
}
