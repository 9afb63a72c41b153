namespace MedicalGpt.Training;

/// <summary>What becomes of a preference pair whose prompt and longer answer exceed the limit.</summary>
public enum PairTruncation
{
    /// <summary>The pair is left out.</summary>
    DropPair,

    /// <summary>The end of the prompt is kept, its beginning is cut off; answers stay whole.</summary>
    KeepPromptEnd,

    /// <summary>The prompt stays whole; of both answers the first tokens are kept. What is compared then may lack its end.</summary>
    CutAnswers,
}
