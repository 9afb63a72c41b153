using MedicalGpt.Tests;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Generation with a cache against the model without one, and its independence of batching.</summary>
[Trait("Device", "any")]
public sealed class GenerationTests
{
    private static readonly int[][] Prompts = [LayoutTests.Ids(new Random(1), 4), LayoutTests.Ids(new Random(2), 9), LayoutTests.Ids(new Random(2), 9), LayoutTests.Ids(new Random(2), 9), LayoutTests.Ids(new Random(3), 1)];

    [Theory]
    [InlineData("fp32")]
    [InlineData("bf16")]
    public void Greedy_with_cache_equals_greedy_without(string precision)
    {
        using var model = Models.Random(options: new LoadOptions { Seed = 8, Precision = Precision.Parse(precision) });
        var answers = Generate(model, Prompts, new SamplingOptions(8, 0), []);
        for (var row = 0; row < Prompts.Length; row++)
        {
            var ids = Prompts[row].ToList();
            for (var t = 0; t < 8; t++)
            {
                using var scope = NewDisposeScope();
                using var still = no_grad();
                var layout = SequenceLayout.Create([new Segment([.. ids])]);
                var logits = Check.Host(model.Logits(layout, [layout.TokenCount - 1]));
                // In bf16 the two ways round differently; the chosen token must be the best one or within rounding of it.
                var chosen = answers[row].Ids[t];
                logits[chosen].ShouldBeGreaterThanOrEqualTo(logits.Max() - (precision == "fp32" ? 1e-4f : 0.02f * logits.Max(Math.Abs)), $"row {row}, token {t}");
                ids.Add(chosen);
            }
        }
    }

    [Theory]
    [InlineData(1.0, 1.0, 0)]
    [InlineData(0.8, 0.9, 0)]
    [InlineData(1.2, 0.95, 10)]
    public void Sampling_does_not_depend_on_the_batch(double temperature, double topP, int topK)
    {
        using var model = Models.Random();
        var sampling = new SamplingOptions(12, temperature, topP, topK);
        var together = Generate(model, Prompts, sampling, [3, 4]);
        for (var row = 0; row < Prompts.Length; row++)
            Generate(model, [Prompts[row]], sampling, [3, 4], row)[0].Ids.ShouldBe(together[row].Ids);
        var sliced = new TextGenerator(model) { CacheBytes = 1 }.Generate(Request(Prompts, sampling, [3, 4], 0));
        sliced.Select(a => string.Join(",", a.Ids)).ShouldBe(together.Select(a => string.Join(",", a.Ids)));
        together[1].Ids.ShouldNotBe(together[2].Ids);
        var other = new TextGenerator(model).Generate(Request(Prompts, sampling, [3, 4], 0) with { Step = 1 });
        other[1].Ids.ShouldNotBe(together[1].Ids);
    }

    [Fact]
    public void A_repeated_prompt_is_computed_once()
    {
        using var model = Models.Random();
        Generate(model, Prompts, new SamplingOptions(3), []);
        // Prompts of 4, 9 (three times in a row) and 1 tokens, then two steps of five rows.
        model.TokensSeen.ShouldBe(4 + 9 + 1 + 2 * 5);
    }

    [Fact]
    public void An_answer_ends_with_its_stop_token()
    {
        using var model = Models.Random();
        var free = Generate(model, Prompts, new SamplingOptions(12), []);
        free.ShouldAllBe(a => a.Ids.Length == 12 && !a.Finished);
        var stop = free[0].Ids[5];
        var stopped = Generate(model, Prompts, new SamplingOptions(12), [stop]);
        stopped[0].Ids.ShouldBe(free[0].Ids[..(Array.IndexOf(free[0].Ids, stop) + 1)]);
        stopped[0].Finished.ShouldBeTrue();
        for (var row = 0; row < Prompts.Length; row++)
            stopped[row].Ids.ShouldBe(free[row].Ids[..stopped[row].Ids.Length]);
    }

    [Fact]
    public void Draws_follow_the_distribution_that_top_k_and_top_p_leave()
    {
        // p = 0.5, 0.3, 0.15, 0.05 at tokens 2, 0, 3, 1.
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0.3f, 0.05f, 0.5f, 0.15f }).log().view([1, 4]);
        long Draw(double u, SamplingOptions options) => Drawn(logits, options, u)[0];
        // In order of the vocabulary: 0 up to 0.3, 1 up to 0.35, 2 up to 0.85, 3 up to 1.
        Draw(0.29, new SamplingOptions(1)).ShouldBe(0);
        Draw(0.31, new SamplingOptions(1)).ShouldBe(1);
        Draw(0.36, new SamplingOptions(1)).ShouldBe(2);
        Draw(0.999999, new SamplingOptions(1)).ShouldBe(3);
        // The two largest, 0.5 and 0.3 of 0.8: the border is 0.625.
        Draw(0.62, new SamplingOptions(1, 1, 1, 2)).ShouldBe(2);
        Draw(0.63, new SamplingOptions(1, 1, 1, 2)).ShouldBe(0);
        // Mass 0.75 is reached by two tokens, 0.81 by three (0.5, 0.3, 0.15 of 0.95: borders 0.526 and 0.842).
        Draw(0.9999, new SamplingOptions(1, 1, 0.75)).ShouldBe(0);
        Draw(0.83, new SamplingOptions(1, 1, 0.81)).ShouldBe(0);
        Draw(0.85, new SamplingOptions(1, 1, 0.81)).ShouldBe(3);
        // Temperature 0.5 squares: 0.25, 0.09, 0.0225, 0.0025 of 0.365; in order of the vocabulary 0 ends at 0.2466.
        Draw(0.245, new SamplingOptions(1, 0.5)).ShouldBe(0);
        Draw(0.248, new SamplingOptions(1, 0.5)).ShouldBe(1);
        Draw(0.9, new SamplingOptions(1, 0)).ShouldBe(2);
    }

    [Fact]
    public void A_nucleus_wider_than_the_first_look_is_drawn_from_whole()
    {
        using var scope = NewDisposeScope();
        var logits = zeros([2, 5000], ScalarType.Float32);
        var tokens = Drawn(logits, new SamplingOptions(1, 1, 0.999), 0.5, 0.5);
        tokens.ShouldAllBe(t => t >= 0 && t < 5000);
        // 4,995 equal tokens are kept; half of the mass is behind at least 2,400 of them in sorted order, whichever that is.
        var peaked = zeros([1, 5000], ScalarType.Float32);
        peaked.narrow(1, 4321, 1).fill_(20);
        Drawn(peaked, new SamplingOptions(1, 1, 0.9), 0.97)[0].ShouldBe(4321);
    }

    [Fact]
    public void A_frequency_test_of_whole_draws()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0.3f, 0.05f, 0.5f, 0.15f }).log().view([1, 4]).repeat([4000, 1]);
        var tokens = Drawn(logits, new SamplingOptions(1), [.. Enumerable.Range(0, 4000).Select(i => SampleRandom.Uniform(1, 2, i, 0))]);
        // Standard deviation of a frequency: √(0.25 / 4000) = 0.008.
        (tokens.Count(t => t == 2) / 4000.0).ShouldBe(0.5, 0.03);
        (tokens.Count(t => t == 1) / 4000.0).ShouldBe(0.05, 0.015);
    }

    [Theory]
    [InlineData("empty", "prompt 0 is empty; at least one token is needed")]
    [InlineData("range", "prompt 0 has token id 61; the model's vocabulary has 61 tokens")]
    public void Wrong_prompts(string kind, string message)
    {
        using var model = Models.Random();
        Should.Throw<MedicalGptException>(() => Generate(model, [kind == "empty" ? [] : [1, 61]], new SamplingOptions(2), [])).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData(0.0, float.NaN)]
    [InlineData(1.0, float.NaN)]
    [InlineData(1.0, float.PositiveInfinity)]
    public void Logits_that_are_not_finite_give_no_tokens(double temperature, float weight)
    {
        using var model = Models.Tied();
        Damage(model, "model.norm.weight", weight);
        var error = Should.Throw<MedicalGptException>(() => Generate(model, Prompts, new SamplingOptions(3, temperature), []));
        error.Message.ShouldBe("The model's results are not finite; its weights are damaged.");
        error.Place.ShouldBe(model.Source);
    }

    [Fact]
    public void Every_step_is_looked_at()
    {
        using var model = Models.Folder.LoadCausal(Path.Combine(Golden.Root, "models/qwen2_untied_sharded/model"), Models.OnDevice());
        int[] prompt = [7, 9];
        var first = Generate(model, [prompt], new SamplingOptions(1, 0), [])[0].Ids[0];
        prompt.ShouldNotContain(first);
        // The head has weights of its own, so an embedding matters only where its token is fed: in the second step.
        Damage(model, "model.embed_tokens.weight", float.NaN, first);
        Generate(model, [prompt], new SamplingOptions(1, 0), [])[0].Ids.ShouldBe([first]);
        Should.Throw<MedicalGptException>(() => Generate(model, [prompt], new SamplingOptions(2, 0), [])).Message.ShouldContain("not finite");
    }

    private static void Damage(CausalLanguageModel model, string name, float value, int row = 0)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        model.Parameters.Single(p => p.Name == name).Value.select(0, row).fill_(value);
    }

    private static IReadOnlyList<GeneratedSequence> Generate(CausalLanguageModel model, int[][] prompts, SamplingOptions sampling, int[] stops, int first = 0) =>
        new TextGenerator(model).Generate(Request(prompts, sampling, stops, first));

    private static GenerationRequest Request(int[][] prompts, SamplingOptions sampling, int[] stops, int first) =>
        new(prompts, sampling, stops) { Seed = 17, FirstIndex = first };

    private static long[] Drawn(Tensor logits, SamplingOptions sampling, params double[] uniforms) =>
        TokenSampler.Draw(logits.to(TestDevice.Device), sampling, tensor(uniforms).to(TestDevice.Device)).cpu().data<long>().ToArray();
}
