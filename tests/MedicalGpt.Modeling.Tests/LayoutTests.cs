using MedicalGpt.Tests;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Shared prompts and packing give what separate sequences give.</summary>
[Trait("Device", "any")]
public sealed class LayoutTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_shared_prompt_equals_separate_sequences(bool checkpointing)
    {
        using var scope = NewDisposeScope();
        using var model = Models.Random(layers: 3, options: new LoadOptions { Trained = true, Seed = 5 });
        model.GradientCheckpointing = checkpointing;
        var random = new Random(1);
        var rows = Enumerable.Range(0, 4).Select(i => (Prompt: Ids(random, 3 + 2 * i), Children: Enumerable.Range(0, 3).Select(c => Ids(random, 1 + 3 * c + i)).ToArray())).ToArray();
        var shared = SequenceLayout.Create([.. rows.Select(r => (IReadOnlyList<Segment>)[new Segment(r.Prompt), .. r.Children.Select(c => Segment.AllLearned(c, 0))])]);
        var separate = SequenceLayout.Create([.. rows.SelectMany(r => r.Children.Select(c => new Segment([.. r.Prompt, .. c]) { Learned = [.. r.Prompt.Select(_ => false), .. c.Select(_ => true)] }))]);
        shared.TokenCount.ShouldBe(rows.Sum(r => r.Prompt.Length + r.Children.Sum(c => c.Length)));
        var (a, gradientsA) = LogProbsAndGradients(model, shared);
        var (b, gradientsB) = LogProbsAndGradients(model, separate);
        Check.Close(a, b, 1e-5, 1e-5, "log-probabilities");
        foreach (var (name, gradient) in gradientsA)
            Check.Close(gradient, gradientsB[name], 1e-5, 1e-5, name);
    }

    [Fact]
    public void A_chain_of_segments_equals_one_sequence()
    {
        using var scope = NewDisposeScope();
        using var model = Models.Random(options: new LoadOptions { Trained = true, Seed = 5 });
        var ids = Ids(new Random(2), 12);
        var chain = SequenceLayout.Create([[new Segment(ids[..4]), Segment.AllLearned(ids[4..9], 0), Segment.AllLearned(ids[9..], 1)]]);
        var whole = SequenceLayout.Create([new Segment(ids) { Learned = [.. ids.Select((_, i) => i >= 4)] }]);
        var (a, gradientsA) = LogProbsAndGradients(model, chain);
        var (b, gradientsB) = LogProbsAndGradients(model, whole);
        Check.Close(a, b, 1e-5, 1e-5, "log-probabilities");
        foreach (var (name, gradient) in gradientsA)
            Check.Close(gradient, gradientsB[name], 1e-5, 1e-5, name);
    }

    [Fact]
    public void Packed_documents_do_not_see_each_other()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var model = Models.Random();
        var random = new Random(3);
        int[][] documents = [Ids(random, 5), Ids(random, 9), Ids(random, 2), Ids(random, 9)];
        var packed = SequenceLayout.Create([[.. documents.Select(d => Segment.AllLearned(d))]]);
        var together = Check.Host(model.Read(packed, ReadoutRequest.LogProbsOnly).LogProbs);
        var alone = documents.SelectMany(d => Check.Host(model.Read(SequenceLayout.Create([Segment.AllLearned(d)]), ReadoutRequest.LogProbsOnly).LogProbs)).ToArray();
        together.ShouldBe(alone, 1e-5);
        documents[0][1] = (documents[0][1] + 1) % 61;
        var changed = Check.Host(model.Read(SequenceLayout.Create([[.. documents.Select(d => Segment.AllLearned(d))]]), ReadoutRequest.LogProbsOnly).LogProbs);
        changed[..4].ShouldNotBe(together[..4]);
        changed[4..].ShouldBe(together[4..], 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Attention_computes_the_sum_of_own_times_visible_and_little_more(int prompts)
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, prompts).Select(_ => (IReadOnlyList<Segment>)[new Segment(Ids(random, random.Next(200, 300))), .. Enumerable.Range(0, 8).Select(_ => Segment.AllLearned(Ids(random, random.Next(20, 120)), 0))]).ToArray();
        var layout = SequenceLayout.Create(rows);
        var exact = layout.Segments.Sum(s => (long)s.Length * (s.PositionStart + s.Length));
        using var scope = NewDisposeScope();
        var plan = AttentionPlan.Create(layout, CPU);
        plan.Area.ShouldBeLessThanOrEqualTo((long)(1.25 * exact) + 4096 * plan.Groups.Count);
        plan.Groups.Count.ShouldBeLessThanOrEqualTo(8 + prompts);
        plan.Groups.Sum(g => g.Count).ShouldBe(layout.Segments.Count);
    }

    [Fact]
    public void Many_short_segments_share_one_chain_of_products()
    {
        using var scope = NewDisposeScope();
        var random = new Random(5);
        var layout = SequenceLayout.Create([.. Enumerable.Range(0, 64).Select(_ => Segment.AllLearned(Ids(random, random.Next(5, 9))))]);
        AttentionPlan.Create(layout, CPU).Groups.Count.ShouldBeLessThanOrEqualTo(2);
    }

    internal static int[] Ids(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(1, 61))];

    private static (Tensor LogProbs, Dictionary<string, Tensor> Gradients) LogProbsAndGradients(CausalLanguageModel model, SequenceLayout layout)
    {
        var logProbs = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs;
        // Weights 1, 2, 3 … tell targets apart; their order is the same in both layouts.
        logProbs.mul(arange(1, layout.TargetCount + 1, ScalarType.Float32, TestDevice.Device)).sum().div(layout.TargetCount * layout.TargetCount).backward();
        var gradients = model.TrainableParameters().ToDictionary(p => p.Name, p => p.Value.grad!.clone());
        foreach (var parameter in model.TrainableParameters())
            parameter.Value.grad = null;
        return (logProbs.detach(), gradients);
    }
}
