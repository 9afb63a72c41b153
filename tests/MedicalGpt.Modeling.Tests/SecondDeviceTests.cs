using MedicalGpt.Tests;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>
/// Nothing assumes a device: models on a device beside the processor give the processor's numbers, an operator that mixed devices would fail, backward runs
/// in the device's thread, and copies between the two depend on neither layers nor tokens.
/// </summary>
public sealed class SecondDeviceTests
{
    [SecondDeviceFact]
    public void The_device_refuses_operators_that_mix_devices()
    {
        using var scope = NewDisposeScope();
        var there = ones([2, 2]).to(device(SecondDevice.Name));
        there.device.ToString().ShouldBe("privateuseone:0");
        Should.Throw<Torch.TorchException>(() => there.matmul(ones([2, 2]))).Message.ShouldContain("expected all tensors to be on the same device");
        Should.Throw<Torch.TorchException>(() => there.data<float>().ToArray());
        Check.Host(there.matmul(there)).ShouldBe([2, 2, 2, 2]);
    }

    [SecondDeviceFact]
    public void Full_weights_learn_the_same() => Same(new LoadOptions { Seed = 9, Trained = true });

    [SecondDeviceFact]
    public void Adapters_learn_the_same() => Same(new LoadOptions { Seed = 9, NewAdapter = new LoraOptions { Rank = 4 } });

    [SecondDeviceFact]
    public void Adapters_on_a_4_bit_base_learn_the_same() => Same(new LoadOptions { Seed = 9, NewAdapter = new LoraOptions { Rank = 4 } }, new QuantizationOptions { Type = QuantizationType.Nf4, DoubleQuantization = true });

    [SecondDeviceFact]
    public void Adapters_on_an_8_bit_base_learn_the_same() => Same(new LoadOptions { Seed = 9, NewAdapter = new LoraOptions { Rank = 4 } }, new QuantizationOptions { Type = QuantizationType.Int8, Int8Threshold = 1.5 }, relative: 5e-3); // inputs are rounded to 8 bits: a last bit of fp32 may become a step of 1/127

    [SecondDeviceFact]
    public void Adapters_in_bf16_with_dropout_learn_the_same() =>
        Same(new LoadOptions { Seed = 9, Precision = Precision.BFloat16 with { Compute = Torch.torch.ScalarType.Float32 }, NewAdapter = new LoraOptions { Rank = 4, Dropout = 0.3 } });

    [SecondDeviceFact]
    public void Copies_depend_neither_on_layers_nor_on_tokens()
    {
        var few = Copies(layers: 1, tokens: 7);
        few.In.ShouldBeGreaterThan(0);
        Copies(layers: 3, tokens: 7).ShouldBe(few);
        Copies(layers: 3, tokens: 40).ShouldBe(few);
    }

    [SecondDeviceFact]
    public void Answers_are_the_same_and_come_back_in_blocks_of_steps()
    {
        using var scope = NewDisposeScope();
        using var here = Models.Random(2, vocabulary: 300, options: new LoadOptions { Seed = 7 });
        using var there = Models.Random(2, vocabulary: 300, options: new LoadOptions { Seed = 7, Device = SecondDevice.Name });
        var random = new Random(4);
        int[][] prompts = [LayoutTests.Ids(random, 5), LayoutTests.Ids(random, 9), LayoutTests.Ids(random, 2)];
        foreach (var sampling in new[] { new SamplingOptions(40, 0), new SamplingOptions(40), new SamplingOptions(40, 1.5, 0.8), new SamplingOptions(40, 1, 1, 20) })
        {
            // Token 17 ends an answer, sooner or later.
            var request = new GenerationRequest(prompts, sampling, new HashSet<int> { 17 }) { Seed = 3 };
            var expected = new TextGenerator(here).Generate(request);
            var given = new TextGenerator(there).Generate(request);
            given.Select(a => string.Join(' ', a.Ids)).ShouldBe(expected.Select(a => string.Join(' ', a.Ids)));
            given.Select(a => a.Finished).ShouldBe(expected.Select(a => a.Finished));
        }

        Moved(16).Out.ShouldBe(1);
        Moved(48).Out.ShouldBe(3);
        (Moved(48).In - Moved(32).In).ShouldBe(1); // the numbers that 16 more steps draw with

        (long In, long Out) Moved(int tokens)
        {
            var before = (SecondDevice.CopiesIn, SecondDevice.CopiesOut);
            new TextGenerator(there).Generate(new GenerationRequest(prompts, new SamplingOptions(tokens), new HashSet<int>()));
            return (SecondDevice.CopiesIn - before.CopiesIn, SecondDevice.CopiesOut - before.CopiesOut);
        }
    }

    private static (long In, long Out) Copies(int layers, int tokens)
    {
        using var model = Models.Random(layers, options: new LoadOptions { Seed = 9, Device = SecondDevice.Name, NewAdapter = new LoraOptions { Rank = 4, Dropout = 0.1 } });
        model.Dropout = true;
        using var scope = NewDisposeScope();
        var before = (SecondDevice.CopiesIn, SecondDevice.CopiesOut);
        Loss(model, tokens, recomputed: true).backward();
        return (SecondDevice.CopiesIn - before.CopiesIn, SecondDevice.CopiesOut - before.CopiesOut);
    }

    private static void Same(LoadOptions options, QuantizationOptions? packed = null, double relative = 1e-4)
    {
        foreach (var recomputed in new[] { false, true })
        {
            using var scope = NewDisposeScope();
            var (expectedLoss, expected) = Gradients("cpu", recomputed, options, packed);
            var (loss, gradients) = Gradients(SecondDevice.Name, recomputed, options, packed);
            float.IsFinite(loss).ShouldBeTrue();
            loss.ShouldBe(expectedLoss, relative / 100);
            expected.Count.ShouldBeGreaterThan(10);
            foreach (var (name, gradient) in expected)
                Check.Close(gradients[name], gradient, relative / 50, relative, name);
        }
    }

    private static (float Loss, Dictionary<string, Tensor> Gradients) Gradients(string device, bool recomputed, LoadOptions options, QuantizationOptions? packed)
    {
        using var folder = new TemporaryFolder();
        using (var fresh = Models.Random(2, options: new LoadOptions { Seed = 9 }, hidden: 64))
            ModelFolder.Save(fresh, folder.Path);
        using var model = Models.Folder.LoadCausal(folder.Path, options with { Device = device, Quantization = packed });
        model.Dropout = true;
        if (model.Adapter is not null)
        {
            using var still = no_grad();
            var generator = new Generator(3);
            foreach (var parameter in model.TrainableParameters())
                parameter.Value.copy_(empty(parameter.Shape, ScalarType.Float32).normal_(0, 0.2, generator));
        }

        var loss = Loss(model, 20, recomputed);
        loss.backward();
        return (loss.item<float>(), model.TrainableParameters().ToDictionary(p => p.Name, p => p.Value.grad!.cpu().clone()));
    }

    // Two rows, the second of a shared prompt with two answers.
    private static Tensor Loss(CausalLanguageModel model, int tokens, bool recomputed)
    {
        model.GradientCheckpointing = recomputed;
        manual_seed(5);
        var random = new Random(1);
        Segment[] alone = [Segment.AllLearned(LayoutTests.Ids(random, tokens))];
        Segment[] shared = [new Segment(LayoutTests.Ids(random, tokens)), Segment.AllLearned(LayoutTests.Ids(random, tokens / 2), parent: 0), Segment.AllLearned(LayoutTests.Ids(random, tokens), parent: 0)];
        var layout = SequenceLayout.Create(new IReadOnlyList<Segment>[] { alone, shared });
        return model.Read(layout, new ReadoutRequest(1.0) { Entropy = true }).LogProbs.mean();
    }
}
