namespace MedicalGpt.Training;

/// <summary>The models of a run as the trainer sees them: what moves, and how it is saved.</summary>
public interface ITrainedModels : IModelSet, IDisposable
{
    /// <summary>Weights that the optimiser moves, in a stable order.</summary>
    IReadOnlyList<TrainedWeight> Weights { get; }

    /// <summary>Token ids that the trained models know: 0 to this, exclusive.</summary>
    int VocabularySize { get; }

    /// <summary>One line for people: what was loaded and how much of it is trained.</summary>
    string Summary { get; }

    /// <summary>Dropout on (training) or off.</summary>
    /// <param name="training">True in training.</param>
    void SetTraining(bool training);

    /// <summary>Writes what was trained in its final layout: a Hugging Face model folder or a PEFT adapter; a value model goes to <c>value_model/</c>.</summary>
    /// <param name="directory">An existing folder.</param>
    void Save(string directory);
}
