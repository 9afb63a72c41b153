using MedicalGpt.Modeling;
using MedicalGpt.Models.Qwen;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.GpuCheck;

/// <summary>Training steps, reading and generation of one model on a device.</summary>
/// <param name="device">cpu or cuda:N.</param>
/// <param name="shapes">Model and batches.</param>
/// <param name="precision">Number formats.</param>
/// <param name="rate">Measured rate of matrix products, operations per second.</param>
internal sealed class Bench(string device, Shapes shapes, Precision precision, double rate) : IDisposable
{
    private const int Runs = 5;
    private readonly ModelFolder folders = new(new ModelFamilies([new Qwen2Family()]));
    private readonly string folder = Directory.CreateTempSubdirectory("medgpt-gpu-check-").FullName;
    private readonly Meter meter = new(device);

    /// <summary>The cases by name, in the order in which they are measured.</summary>
    public IReadOnlyList<(string Name, Func<string, Measurement> Run)> Cases =>
    [
        ("LoRA step", name => Step(name, Lora(), false)),
        ("LoRA step, checkpointing", name => Step(name, Lora(), true)),
        ("QLoRA step (NF4)", name => Step(name, Lora() with { Quantization = new QuantizationOptions { Type = QuantizationType.Nf4, DoubleQuantization = true } }, false)),
        ("full weights step", name => Step(name, Load() with { Trained = true }, false)),
        ("reading (log-probabilities)", Read),
        ("generation, 1 answer", name => Generate(name, 1)),
        ($"generation, {shapes.Answers} answers", name => Generate(name, shapes.Answers)),
    ];

    /// <summary>Writes the random model that all cases load.</summary>
    public void Prepare()
    {
        using var scope = NewDisposeScope();
        using var model = folders.CreateCausal("qwen2", shapes.Model, new LoadOptions { Seed = 1, Precision = Precision.BFloat16 });
        ModelFolder.Save(model, folder);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private LoadOptions Load() => new() { Seed = 1, Precision = precision, Device = device };

    private LoadOptions Lora() => Load() with { NewAdapter = new LoraOptions { Rank = 8 } };

    private Measurement Step(string name, LoadOptions load, bool checkpointing)
    {
        using var scope = NewDisposeScope();
        using var model = folders.LoadCausal(folder, load);
        model.GradientCheckpointing = checkpointing;
        var layout = Layout();
        var weights = model.TrainableParameters().Select(p => p.Value).ToList();
        var optimizer = optim.AdamW(weights, 1e-4);
        meter.ResetPeak();
        using var learning = enable_grad();
        var seconds = meter.Seconds(Runs, () =>
        {
            using var inner = NewDisposeScope();
            model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg().backward();
            using (no_grad())
                optimizer.step();
            foreach (var weight in weights)
                weight.grad = null;
        });
        // Forward, the inputs' gradients, and with full weights theirs; layers once more with checkpointing; the head's logits are always computed twice.
        var passes = load.Trained ? 3 : 2;
        var perToken = (passes * shapes.ForwardPerToken) + shapes.HeadPerToken + (checkpointing ? shapes.ForwardPerToken - shapes.HeadPerToken : 0);
        return Line(name, layout.TokenCount / seconds, perToken);
    }

    private Measurement Read(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var model = folders.LoadCausal(folder, Load());
        var layout = Layout();
        meter.ResetPeak();
        var seconds = meter.Seconds(Runs, () =>
        {
            using var inner = NewDisposeScope();
            model.Read(layout, ReadoutRequest.LogProbsOnly);
        });
        return Line(name, layout.TokenCount / seconds, shapes.ForwardPerToken);
    }

    private Measurement Generate(string name, int answers)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var model = folders.LoadCausal(folder, Load());
        var random = new Random(3);
        int[][] prompts = [.. Enumerable.Range(0, answers).Select(_ => Ids(random, shapes.Tokens / 8))];
        var request = new GenerationRequest(prompts, new SamplingOptions(shapes.NewTokens), new HashSet<int>());
        meter.ResetPeak();
        var seconds = meter.Seconds(2, () => new TextGenerator(model).Generate(request));
        return new Measurement(name, answers * shapes.NewTokens / seconds, meter.Peak, meter.PeakHeld, null);
    }

    private Measurement Line(string name, double tokensPerSecond, double perToken) =>
        new(name, tokensPerSecond, meter.Peak, meter.PeakHeld, tokensPerSecond * perToken / rate);

    private SequenceLayout Layout()
    {
        var random = new Random(3);
        return SequenceLayout.Create([.. Enumerable.Range(0, shapes.Rows).Select(_ => Segment.AllLearned(Ids(random, shapes.Tokens)))]);
    }

    private int[] Ids(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(shapes.Model.VocabularySize))];
}
