namespace MedicalGpt.Training.Planning;

/// <summary>What one micro-batch of a stage computes, at its longest: prompts of one length, each followed by answers of one length.</summary>
/// <param name="Method">Name of the stage.</param>
/// <param name="Prompts">Prompts in a micro-batch.</param>
/// <param name="PromptTokens">Tokens of a prompt; 0 where rows have none of their own (PT, SFT).</param>
/// <param name="AnswersPerPrompt">Answers that share a prompt.</param>
/// <param name="AnswerTokens">Tokens of an answer.</param>
public sealed record StageShape(string Method, int Prompts, int PromptTokens, int AnswersPerPrompt, int AnswerTokens)
{
    /// <summary>Positions whose log-probabilities are read; 0 for reward models.</summary>
    public long ReadTokens { get; init; }

    /// <summary>The stage compares with a reference policy.</summary>
    public bool UsesReference { get; init; }

    /// <summary>The stage asks a reward model.</summary>
    public bool UsesRewardModel { get; init; }

    /// <summary>The stage trains a value model beside the policy.</summary>
    public bool UsesValueModel { get; init; }

    /// <summary>Answers that are generated for one collection; 0 = none.</summary>
    public int GeneratedAnswers { get; init; }

    /// <summary>How often each collected answer is learned from.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>Micro-batches in an update.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Rows of the data in one micro-batch.</summary>
    public double RowsPerMicroBatch { get; init; }

    /// <summary>Answers in a micro-batch.</summary>
    public long Answers => (long)Prompts * AnswersPerPrompt;

    /// <summary>Tokens that enter the model in a micro-batch; a prompt enters once.</summary>
    public long Tokens => (long)Prompts * PromptTokens + Answers * AnswerTokens;

    /// <summary>Pairs (query, key) that attention scores, without the causal half: Σ own · (own + ancestors).</summary>
    public long ScoredPairs => PromptPairs + AnswerPairs;

    /// <summary>Scored pairs of the prompts.</summary>
    public long PromptPairs => (long)Prompts * PromptTokens * PromptTokens;

    /// <summary>Scored pairs of the answers.</summary>
    public long AnswerPairs => Answers * AnswerTokens * (AnswerTokens + PromptTokens);
}
