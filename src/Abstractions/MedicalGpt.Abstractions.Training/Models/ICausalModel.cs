namespace MedicalGpt.Training;

/// <summary>A language model that gives next-token probabilities.</summary>
public interface ICausalModel
{
    /// <summary>Number of tokens of the vocabulary, V.</summary>
    int VocabularySize { get; }

    /// <summary>Runs the model over a batch and reads its targets; no [N, V] tensor is made (the head works in chunks with its own backward).</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="request">What to read beside log-probabilities.</param>
    /// <returns>Values at the M targets. Differentiable when gradients are on and the model is trained.</returns>
    TokenReadout Read(SequenceLayout layout, ReadoutRequest request);
}
