namespace MedicalGpt.Training;

/// <summary>A reward model with the tokenizer and template it was trained with.</summary>
/// <param name="Model">The score model, frozen.</param>
/// <param name="Encoder">Its tokenizer and template.</param>
public sealed record LearnedRewardModel(IScoreModel Model, IExampleEncoder Encoder);
