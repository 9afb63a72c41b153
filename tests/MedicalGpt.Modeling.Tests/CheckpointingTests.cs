using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Gradient checkpointing changes memory, not gradients.</summary>
[Trait("Device", "any")]
public sealed class CheckpointingTests
{
    [Theory]
    [InlineData(false, 0.0)]
    [InlineData(true, 0.0)]
    [InlineData(true, 0.3)]
    public void Gradients_are_the_same_below_a_frozen_embedding_and_with_dropout(bool lora, double dropout)
    {
        var options = new LoadOptions { Seed = 9, Trained = !lora, NewAdapter = lora ? new LoraOptions { Rank = 4, Dropout = dropout } : null };
        using var model = Models.Random(3, options: options);
        model.Dropout = true;
        if (lora)
        {
            using var still = no_grad();
            foreach (var parameter in model.TrainableParameters())
                parameter.Value.normal_(0, 0.2);
        }
        else
        {
            model.Decoder.Embedding.SetTrained(false, model.Precision);
        }

        using var scope = NewDisposeScope();
        var plain = Gradients(null);
        plain.Count.ShouldBeGreaterThan(30);
        foreach (var (part, every) in Enum.GetValues<CheckpointedPart>().SelectMany(part => new[] { (part, 1), (part, 2), (part, 3) }))
        {
            var recomputed = Gradients(new Checkpointing(part, every));
            foreach (var (name, gradient) in plain)
                Check.Close(recomputed[name], gradient, 1e-6, 1e-6, $"{part} every {every}: {name}");
        }

        Dictionary<string, Tensor> Gradients(Checkpointing? checkpointing)
        {
            model.Checkpointing = checkpointing;
            manual_seed(5);
            var layout = SequenceLayout.Create([Segment.AllLearned(LayoutTests.Ids(new Random(1), 20))]);
            model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().backward();
            var gradients = model.TrainableParameters().ToDictionary(p => p.Name, p => p.Value.grad!.clone());
            foreach (var parameter in model.TrainableParameters())
                parameter.Value.grad = null;
            return gradients;
        }
    }

    [Fact]
    public void Dropout_is_drawn_anew_in_every_pass()
    {
        using var model = Models.Random(options: new LoadOptions { Seed = 9, NewAdapter = new LoraOptions { Dropout = 0.5 } });
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var parameter in model.TrainableParameters())
            parameter.Value.normal_(0, 0.2);
        var layout = SequenceLayout.Create([Segment.AllLearned(LayoutTests.Ids(new Random(1), 20))]);
        float[] Read() => Check.Host(model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs);
        var still1 = Read();
        Read().ShouldBe(still1);
        model.Dropout = true;
        Read().ShouldNotBe(Read());
        Check.Host(new FrozenCausalModel(model, false).Read(layout, ReadoutRequest.LogProbsOnly).LogProbs).ShouldBe(still1);
        using (model.WithoutAdapter())
        {
            var off = Read();
            off.ShouldNotBe(still1);
            Check.Host(new FrozenCausalModel(model, true).Read(layout, ReadoutRequest.LogProbsOnly).LogProbs).ShouldBe(off);
        }
    }
}
