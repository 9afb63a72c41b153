namespace MedicalGpt.Training;

/// <summary>The loaded models of a run. Reading a role the algorithm did not ask for is an error.</summary>
public interface IModelSet
{
    /// <summary>The trained language model.</summary>
    ICausalModel Policy { get; }

    /// <summary>The frozen reference; never builds a graph.</summary>
    ICausalModel Reference { get; }

    /// <summary>The trained score model of the reward-model stage.</summary>
    IScoreModel Score { get; }

    /// <summary>The frozen reward model; never builds a graph.</summary>
    IScoreModel Reward { get; }

    /// <summary>The trained value model.</summary>
    IScoreModel Value { get; }
}
