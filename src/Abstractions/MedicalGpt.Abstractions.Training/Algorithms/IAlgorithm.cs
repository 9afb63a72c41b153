using MedicalGpt.Data;
using MedicalGpt.Plugins;

namespace MedicalGpt.Training;

/// <summary>
/// A training method. The trainer owns when things happen (precision, accumulation, clipping, schedule, checkpoints); the algorithm owns what is learned:
/// <c>Encode</c> rows once, <c>CollectAsync</c> an experience, <c>Plan</c> its updates, and give the <c>Loss</c> of each micro-batch.
/// </summary>
[ComponentContract(ComponentKinds.Algorithm)]
public interface IAlgorithm
{
    /// <summary>The rows it trains on.</summary>
    ExampleKind Input { get; }

    /// <summary>The models it works with.</summary>
    ModelRoles Roles { get; }

    /// <summary>True where it asks the reward functions of the run: the run then needs some, and is refused with some where it does not ask them.</summary>
    bool UsesRewardFunctions => Input == ExampleKind.Prompt && !Roles.HasFlag(ModelRoles.Reward);

    /// <summary>How much one collection takes and gives.</summary>
    /// <param name="batch">The trainer's batch sizes.</param>
    /// <returns>The shape.</returns>
    CollectShape Shape(BatchShape batch);

    /// <summary>Turns a row into token segments, before weights load.</summary>
    /// <param name="example">A row of kind <see cref="Input"/>.</param>
    /// <param name="encoder">Template and tokenizer.</param>
    /// <returns>The encoded row, or the reason why it is dropped.</returns>
    EncodeResult Encode(Example example, IExampleEncoder encoder);

    /// <summary>Gathers what the next updates learn from: rollouts and rewards, or simply the rows themselves. No tensor scope may be open across an await.</summary>
    /// <param name="examples">Encoded rows, <see cref="CollectShape.Examples"/> of them (fewer at the end of an epoch).</param>
    /// <param name="context">Models, rollouts, rewards.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The experience.</returns>
    ValueTask<Experience> CollectAsync(IReadOnlyList<EncodedExample> examples, ITrainingContext context, CancellationToken cancellationToken);

    /// <summary>Cuts an experience into optimiser updates.</summary>
    /// <param name="experience">What <see cref="CollectAsync"/> gave.</param>
    /// <param name="context">Batch sizes and the seed.</param>
    /// <returns>Updates in order.</returns>
    IEnumerable<PlannedUpdate> Plan(Experience experience, ITrainingContext context);

    /// <summary>The loss of one micro-batch, on tensors, synchronous, inside the trainer's scope. Its terms are already divided by <paramref name="denominators"/>, so losses of micro-batches add up.</summary>
    /// <param name="batch">A micro-batch of <see cref="Plan"/>.</param>
    /// <param name="denominators">Counts summed over the whole update.</param>
    /// <param name="context">Models.</param>
    /// <returns>The loss and metrics.</returns>
    LossResult Loss(MicroBatch batch, Denominators denominators, ITrainingContext context);
}
