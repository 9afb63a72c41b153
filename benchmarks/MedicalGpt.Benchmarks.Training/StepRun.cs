using System.Diagnostics;
using MedicalGpt.Modeling;
using MedicalGpt.Models.Qwen;
using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Benchmarks;

/// <summary>Runs training steps of a case in this process: forward, backward, clipping and AdamW of a LoRA adapter of rank 8 on all linear layers.</summary>
internal static class StepRun
{
    private static readonly ModelFolder Folders = new(new ModelFamilies([new Qwen2Family()]));

    /// <summary>Writes a case's model with random weights.</summary>
    public static void Save(StepCase step, string folder)
    {
        using var model = Folders.CreateCausal("qwen2", step.Shape, new LoadOptions { Seed = 1, Precision = Precision.BFloat16On("cpu") });
        ModelFolder.Save(model, folder);
    }

    /// <summary>Measures a case.</summary>
    /// <param name="step">The case.</param>
    /// <param name="precision">Formats.</param>
    /// <param name="quantized">Folder of the model, whose linear layers are packed as NF4 while they are loaded; null = random weights, not packed.</param>
    /// <param name="checkpointing">True = whole layers are computed again.</param>
    /// <param name="steps">How many are measured.</param>
    public static StepResult Run(StepCase step, Precision precision, string? quantized, bool checkpointing, int steps)
    {
        using var scope = NewDisposeScope();
        var options = new LoadOptions { Seed = 1, Precision = precision, NewAdapter = new LoraOptions { Rank = 8 }, Quantization = quantized is null ? null : new QuantizationOptions() };
        using var model = quantized is null ? Folders.CreateCausal("qwen2", step.Shape, options) : Folders.LoadCausal(quantized, options);
        model.GradientCheckpointing = checkpointing;
        var layout = Layout(step);
        var weights = model.TrainableParameters().Select(p => p.Value).ToList();
        var optimizer = optim.AdamW(weights, 1e-4);
        for (var i = 0; i < 2; i++)
        {
            TensorMemory.ResetPeak();
            Step(model, layout, optimizer, weights);
        }

        var (resident, tensors) = (MemoryUse.PeakResidentBytes, TensorMemory.PeakBytes);
        var (times, shares, rates) = (new List<double>(), new List<double>(), new List<double>());
        var ceiling = new Ceiling(step, precision.Compute, checkpointing);
        for (var i = 0; i < steps; i++)
        {
            times.Add(Step(model, layout, optimizer, weights));
            using var still = no_grad();
            shares.Add(ceiling.Seconds() / times[^1]);
            rates.Add(ceiling.Rate());
        }

        return new StepResult(Median(times), Median(shares), Median(rates), resident, tensors);
    }

    private static double Step(CausalLanguageModel model, SequenceLayout layout, optim.Optimizer optimizer, IReadOnlyList<Tensor> weights)
    {
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var loss = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
        loss.backward();
        optimizer.step();
        foreach (var weight in weights)
            weight.grad = null;
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static SequenceLayout Layout(StepCase step)
    {
        var random = new Random(3);
        return SequenceLayout.Create([.. Enumerable.Range(0, step.Rows).Select(_ => new Segment([.. Enumerable.Range(0, step.Tokens).Select(_ => random.Next(step.Shape.VocabularySize))])
        {
            Learned = [.. Enumerable.Range(0, step.Tokens).Select(t => t >= step.Tokens - step.Learned)],
        })]);
    }
}
