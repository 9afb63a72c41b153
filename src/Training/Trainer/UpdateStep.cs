using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>One optimiser update: backward over its micro-batches, clip, step. The only place that calls backward.</summary>
internal sealed class UpdateStep(StageRequest request, TrainingContext context, ITrainedModels models, Optimizer optimizer, LearningRateSchedule schedule, LossScale? scale = null)
{
    private readonly bool oncePerCollect = request.Algorithm.Shape(context.Batch).ScheduleOncePerCollect;

    /// <summary>Loss of the newest update.</summary>
    public double LastLoss { get; private set; }

    /// <summary>Does an update.</summary>
    /// <param name="update">Its micro-batches.</param>
    /// <param name="step">Updates done before.</param>
    /// <param name="collections">Collections done before.</param>
    /// <param name="directory">For the message when training diverges.</param>
    /// <returns>What it gave. In half precision an update with gradients that are not finite moves nothing and halves the loss's factor.</returns>
    /// <exception cref="TrainingDivergedException">The loss or the gradient is not finite; no weight was moved.</exception>
    public UpdateOutcome Run(PlannedUpdate update, int step, int collections, RunDirectory directory)
    {
        TensorRuntime.Seed(SeededRandom.Number(request.Options.Run.Seed, step, "update"));
        optimizer.ZeroGradients();
        var denominators = Denominators.Sum(update.MicroBatches);
        var metrics = new Metrics();
        var loss = 0.0;
        foreach (var batch in update.MicroBatches)
        {
            using var scope = NewDisposeScope();
            var own = request.Options.Run.LossNormalization == LossNormalization.MicroBatch
                ? Denominators.MeanOfMeans(batch, update.MicroBatches.Count)
                : denominators;
            var result = request.Algorithm.Loss(batch, own, context);
            var value = result.Loss.item<float>();
            if (!float.IsFinite(value) && scale is null)
                throw Diverged(step, "the loss", value, directory);
            (scale is null ? result.Loss : result.Loss.mul(scale.Value)).backward();
            loss += value;
            metrics.Merge(result.Metrics);
        }

        if (scale is not null)
        {
            var finite = optimizer.Unscale(scale.Value) && double.IsFinite(loss);
            // What a skipped update measured may not be finite either.
            metrics = finite ? metrics : new Metrics();
            metrics.AddMin("loss_scale", scale.Value);
            metrics.AddSum("skipped_updates", finite ? 0 : 1);
            scale.Update(finite);
            if (!scale.IsAlive)
                throw Diverged(step, "the gradient, even without a factor of the loss,", double.NaN, directory);
            if (!finite)
            {
                optimizer.ZeroGradients();
                return new UpdateOutcome(0, 0, 0, metrics);
            }
        }

        var norm = optimizer.ClipGradients(request.Options.Optimizer.MaxGradNorm);
        if (!double.IsFinite(norm))
            throw Diverged(step, "the gradient's norm", norm, directory);
        var rate = schedule.At(oncePerCollect ? collections : step);
        optimizer.Step(rate);
        LastLoss = loss;
        return new UpdateOutcome(loss, norm, rate, metrics);
    }

    /// <summary>Refuses to save weights that are not finite.</summary>
    public void RequireFiniteWeights(int step, RunDirectory directory)
    {
        foreach (var weight in models.Weights)
        {
            using var scope = NewDisposeScope();
            if (!weight.Value.detach().isfinite().all().item<bool>())
                throw Diverged(step, $"weight {weight.Name}", double.NaN, directory);
        }
    }

    private static TrainingDivergedException Diverged(int step, string what, double value, RunDirectory directory)
    {
        var saved = directory.Checkpoints();
        return new TrainingDivergedException(step + 1, what, value, saved.Count > 0 ? saved[^1].Path : null);
    }
}
