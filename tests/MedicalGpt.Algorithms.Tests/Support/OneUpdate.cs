using MedicalGpt.Data;
using MedicalGpt.Tests;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>The loss and the gradients of the first update of a collection.</summary>
public sealed record OneUpdate(double Loss, Dictionary<string, float[]> Gradients, IReadOnlyDictionary<string, double> Metrics)
{
    public static async Task<OneUpdate> OfAsync(IAlgorithm algorithm, IReadOnlyList<Example> rows, RunModels models, BatchShape batch, string? replay = null)
    {
        var context = new LossContext(models, batch, replay);
        EncodedExample[] encoded = [.. rows.Select(r => algorithm.Encode(r, context.Encoder).Example ?? throw new InvalidOperationException("dropped"))];
        using var experience = await algorithm.CollectAsync(encoded, context, CancellationToken.None);
        return Of(algorithm, algorithm.Plan(experience, context).First().MicroBatches, context);
    }

    public static OneUpdate Of(IAlgorithm algorithm, IReadOnlyList<MicroBatch> batches, ITrainingContext context)
    {
        var models = (RunModels)context.Models;
        var denominators = Denominators.Sum(batches);
        var metrics = new Metrics();
        var loss = 0.0;
        foreach (var batch in batches)
        {
            using var scope = NewDisposeScope();
            var result = algorithm.Loss(batch, denominators, context);
            result.Loss.backward();
            loss += result.Loss.item<float>();
            metrics.Merge(result.Metrics);
        }

        using var reading = NewDisposeScope();
        var gradients = models.Weights.ToDictionary(w => w.Name, w => TensorValues.Floats(w.Value.grad!));
        foreach (var weight in models.Weights)
            weight.Value.grad = null;
        return new OneUpdate(loss, gradients, metrics.Values);
    }

    public void ShouldEqual(OneUpdate other, string what)
    {
        Loss.ShouldBe(other.Loss, TestDevice.ToleranceFactor * 1e-5 * Math.Max(1, Math.Abs(other.Loss)), what);
        Gradients.Values.Max(g => g.Max(Math.Abs)).ShouldBeGreaterThan(1e-3f, "gradients are not trivial");
        foreach (var (name, gradient) in Gradients)
            Near.Compare([.. gradient.Select(g => (double)g)], other.Gradients[name], 1e-5, 1e-4, $"{what}: gradient of {name}");
    }
}
