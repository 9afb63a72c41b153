using MedicalGpt.Tests;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>The chunked head against plain log-softmax through autograd.</summary>
[Trait("Device", "any")]
public sealed class TokenHeadTests
{
    [Theory]
    [InlineData(1.0, false)]
    [InlineData(0.7, false)]
    [InlineData(1.0, true)]
    [InlineData(1.3, true)]
    public void Values_and_gradients(double temperature, bool entropyGradient)
    {
        using var scope = NewDisposeScope();
        using var model = Models.Random(options: new LoadOptions { Trained = true, Seed = 11 });
        var ids = LayoutTests.Ids(new Random(6), 10);
        var layout = SequenceLayout.Create([Segment.AllLearned(ids)]);
        var request = new ReadoutRequest(temperature, true, entropyGradient, true, true);
        var readout = model.Read(layout, request);
        var weights = linspace(-1, 2, layout.TargetCount, ScalarType.Float32).to(TestDevice.Device);
        var loss = readout.LogProbs.mul(weights).sum();
        if (entropyGradient)
            loss = loss.add(readout.Entropy!.mul(weights.flip([0])).sum());
        loss.backward();
        var gradients = Take(model);

        var logits = model.Logits(layout, layout.TargetSources);
        var logs = logits.div(temperature).log_softmax(-1);
        var picked = logs.gather(1, tensor(layout.TargetIds).to(TestDevice.Device).unsqueeze(1)).squeeze(1);
        var entropy = logs.exp().mul(logs).sum(-1).neg();
        Check.Close(readout.LogProbs, picked, 1e-5, 1e-5, "log-probabilities");
        Check.Close(readout.Entropy!, entropy, 1e-5, 1e-5, "entropies");
        Check.Close(readout.MeanLogit!, logits.mean([-1]), 1e-5, 1e-5, "mean logits");
        Check.Longs(readout.Correct!).ShouldBe(Check.Longs(logits.argmax(-1).eq(tensor(layout.TargetIds).to(TestDevice.Device))));
        readout.Entropy!.requires_grad.ShouldBe(entropyGradient);
        var plain = picked.mul(weights).sum();
        if (entropyGradient)
            plain = plain.add(entropy.mul(weights.flip([0])).sum());
        plain.backward();
        foreach (var (name, gradient) in Take(model))
            Check.Close(gradients[name], gradient, 2e-5, 1e-4, name);
    }

    // A vocabulary of several ranges, the targets in each of them; a frozen head gives its derivative with the values, a trained one in backward.
    [Theory]
    [InlineData(1.0, null, false)]
    [InlineData(0.7, 5.0, false)]
    [InlineData(1.3, 5.0, true)]
    [InlineData(1.0, null, true)]
    public void Many_ranges(double temperature, double? softCap, bool trained)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        const int Vocabulary = 10_000;
        using var weight = new ModelParameter("lm_head.weight", [Vocabulary, 8]);
        weight.Set(randn(Vocabulary, 8), ScalarType.Float32, trained);
        var layer = new LinearLayer("lm_head", weight, null);
        var request = new ReadoutRequest(temperature, true, false, true, true);
        var hidden = randn(600, 8).requires_grad_(true);
        // One row is sure of its target: 1 - p is far below the precision of 1.
        using (no_grad())
            hidden.narrow(0, 0, 1).copy_(weight.Value.narrow(0, 9_999, 1).mul(4));
        var targets = randint(0, Vocabulary, [600]).index_fill_(0, tensor(new long[] { 0 }), 9_999);
        var head = new TokenHead(layer, ScalarType.Float32, true, request, softCap);
        head.HasSlopes.ShouldBe(!trained);
        var readout = new TokenHeadFunction(head, targets, request).Read(hidden);
        var byLogProbs = linspace(-1, 2, 600, ScalarType.Float32);
        readout.LogProbs.mul(byLogProbs).sum().backward();
        var (byHidden, byWeight) = (hidden.grad!, weight.Value.grad);
        (hidden.grad, weight.Value.grad) = (null, null);

        var logits = nn.functional.linear(hidden, weight.Value);
        if (softCap is { } cap)
            logits = logits.div(cap).tanh().mul(cap);
        var logs = logits.div(temperature).log_softmax(-1);
        var picked = logs.gather(1, targets.unsqueeze(1)).squeeze(1);
        Check.Close(readout.LogProbs, picked, 1e-5, 1e-5, "log-probabilities");
        Check.Close(readout.Entropy!, logs.exp().mul(logs).sum(-1).neg(), 2e-5, 2e-5, "entropies");
        Check.Close(readout.MeanLogit!, logits.mean([-1]), 1e-5, 1e-5, "mean logits");
        Check.Longs(readout.Correct!).ShouldBe(Check.Longs(logits.argmax(-1).eq(targets)));
        picked.mul(byLogProbs).sum().backward();
        Check.Close(byHidden, hidden.grad!, 2e-5, 1e-4, "states");
        if (trained)
            Check.Close(byWeight!, weight.Value.grad!, 2e-5, 1e-4, "weight");
    }

    [Fact]
    public void A_batch_without_targets_reads_nothing_and_has_zero_gradients()
    {
        using var scope = NewDisposeScope();
        using var model = Models.Random(options: new LoadOptions { Trained = true, Seed = 11 });
        var readout = model.Read(SequenceLayout.Create([new Segment([1, 2, 3])]), new ReadoutRequest(1, true, true, true, true));
        readout.LogProbs.shape.ShouldBe([0L]);
        readout.LogProbs.sum().backward();
        model.TrainableParameters().ShouldAllBe(p => Check.Host(p.Value.grad!).All(g => g == 0));
    }

    [Fact]
    public void A_head_with_a_LoRA_branch_learns()
    {
        using var scope = NewDisposeScope();
        using var model = Models.Random(options: new LoadOptions { Seed = 11, NewAdapter = new LoraOptions { Targets = LoraTargets.Parse("lm_head,q_proj"), Rank = 3, Alpha = 6 } });
        foreach (var parameter in model.Adapter!.Parameters)
        {
            using var still = no_grad();
            parameter.Value.normal_(0, 0.2);
        }

        var layout = SequenceLayout.Create([Segment.AllLearned(LayoutTests.Ids(new Random(6), 10))]);
        model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.sum().backward();
        var gradients = Take(model);
        model.Logits(layout, layout.TargetSources).log_softmax(-1).gather(1, tensor(layout.TargetIds).to(TestDevice.Device).unsqueeze(1)).sum().backward();
        foreach (var (name, gradient) in Take(model))
            Check.Close(gradients[name], gradient, 2e-5, 1e-4, name);
        gradients.Keys.Count(k => k.Contains("lm_head", StringComparison.Ordinal)).ShouldBe(2);
    }

    private static Dictionary<string, Tensor> Take(CausalLanguageModel model)
    {
        var gradients = model.TrainableParameters().ToDictionary(p => p.Name, p => p.Value.grad!.clone());
        foreach (var parameter in model.TrainableParameters())
            parameter.Value.grad = null;
        return gradients;
    }
}
