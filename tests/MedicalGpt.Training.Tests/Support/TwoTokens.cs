using MedicalGpt.Data;

namespace MedicalGpt.Training.Tests;

/// <summary>Every row is the prompt 2 3, whatever it says.</summary>
internal sealed class TwoTokens : IAlgorithm
{
    private readonly Reinforce inner = new();

    public ExampleKind Input => inner.Input;

    public ModelRoles Roles => inner.Roles;

    public CollectShape Shape(BatchShape batch) => inner.Shape(batch);

    public EncodeResult Encode(Example example, IExampleEncoder encoder) => EncodeResult.Keep(new EncodedExample([new Segment([2, 3])]) { Source = example });

    public ValueTask<Experience> CollectAsync(IReadOnlyList<EncodedExample> examples, ITrainingContext context, CancellationToken cancellationToken) => inner.CollectAsync(examples, context, cancellationToken);

    public IEnumerable<PlannedUpdate> Plan(Experience experience, ITrainingContext context) => inner.Plan(experience, context);

    public LossResult Loss(MicroBatch batch, Denominators denominators, ITrainingContext context) => inner.Loss(batch, denominators, context);
}
