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
    public static StepResult Run(StepCase step, Precision precision, bool checkpointing, int steps)
    {
        using var scope = NewDisposeScope();
        var folder = new ModelFolder(new ModelFamilies([new Qwen2Family()]));
        using var model = folder.CreateCausal("qwen2", step.Shape, new LoadOptions { Seed = 1, Precision = precision, NewAdapter = new LoraOptions { Rank = 8 } });
        model.GradientCheckpointing = checkpointing;
        var layout = Layout(step);
        var weights = model.TrainableParameters().Select(p => p.Value).ToList();
        var optimizer = optim.AdamW(weights, 1e-4);
        var times = new List<double>();
        TensorMemory.ResetPeak();
        for (var i = 0; i < steps + 1; i++)
        {
            var clock = Stopwatch.StartNew();
            using var inner = NewDisposeScope();
            var loss = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
            loss.backward();
            optimizer.step();
            foreach (var weight in weights)
                weight.grad = null;
            if (i > 0)
                times.Add(clock.Elapsed.TotalSeconds);
        }

        times.Sort();
        return new StepResult(times[times.Count / 2], MemoryUse.PeakResidentBytes, TensorMemory.PeakBytes);
    }

    private static SequenceLayout Layout(StepCase step)
    {
        var random = new Random(3);
        return SequenceLayout.Create([.. Enumerable.Range(0, step.Rows).Select(_ => new Segment([.. Enumerable.Range(0, step.Tokens).Select(_ => random.Next(step.Shape.VocabularySize))])
        {
            Learned = [.. Enumerable.Range(0, step.Tokens).Select(t => t >= step.Tokens - step.Learned)],
        })]);
    }
}
