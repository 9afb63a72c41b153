using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>Shared narrative of algorithms that learn from recorded rows: a collection is the rows of one update, cut into micro-batches in order.</summary>
/// <typeparam name="TBatch">The algorithm's micro-batch.</typeparam>
public abstract class OfflineAlgorithm<TBatch> : IAlgorithm
    where TBatch : MicroBatch
{
    /// <inheritdoc/>
    public abstract ExampleKind Input { get; }

    /// <inheritdoc/>
    public abstract ModelRoles Roles { get; }

    /// <inheritdoc/>
    public CollectShape Shape(BatchShape batch) => new(batch.MicroBatchSize * batch.AccumulationSteps, 1);

    /// <inheritdoc/>
    public abstract EncodeResult Encode(Example example, IExampleEncoder encoder);

    /// <inheritdoc/>
    public virtual ValueTask<Experience> CollectAsync(IReadOnlyList<EncodedExample> examples, ITrainingContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Experience>(new OfflineExperience(examples));

    /// <inheritdoc/>
    public IEnumerable<PlannedUpdate> Plan(Experience experience, ITrainingContext context)
    {
        var examples = ((OfflineExperience)experience).Examples;
        yield return new PlannedUpdate([.. examples.Chunk(context.Batch.MicroBatchSize).Select(Collate)]);
    }

    /// <inheritdoc/>
    public LossResult Loss(MicroBatch batch, Denominators denominators, ITrainingContext context) => Loss((TBatch)batch, denominators, context);

    /// <summary>Makes a micro-batch of encoded rows.</summary>
    /// <param name="examples">Encoded rows.</param>
    /// <returns>The micro-batch.</returns>
    protected abstract TBatch Collate(IReadOnlyList<EncodedExample> examples);

    /// <summary>The loss of one micro-batch.</summary>
    /// <param name="batch">The micro-batch.</param>
    /// <param name="denominators">Counts summed over the whole update.</param>
    /// <param name="context">Models.</param>
    /// <returns>The loss and metrics.</returns>
    protected abstract LossResult Loss(TBatch batch, Denominators denominators, ITrainingContext context);
}
