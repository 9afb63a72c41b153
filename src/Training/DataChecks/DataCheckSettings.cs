namespace MedicalGpt.Training.DataChecks;

/// <summary>What is looked for in rows.</summary>
public sealed record DataCheckSettings
{
    /// <summary>Counts tokens, and makes the masks that training would have; null = lengths are in characters, masks and end tokens are not looked at.</summary>
    public IExampleEncoder? Encoder { get; init; }

    /// <summary>Number of ids that the tokenizer has; 0 = ids of rows are taken as they are.</summary>
    public int VocabularySize { get; init; }

    /// <summary>Most tokens of a row; 0 = no limit.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Look for rows that nearly repeat an earlier one.</summary>
    public bool NearDuplicates { get; init; }

    /// <summary>Count only, and look for nothing.</summary>
    public bool CountOnly { get; init; }

    /// <summary>Look for likely personal data.</summary>
    public bool PersonalData { get; init; } = true;

    /// <summary>Most different rows that repetitions are looked for among (40 bytes a row), and most held-out rows.</summary>
    public int Remembered { get; init; } = 1 << 22;

    /// <summary>Most rows or held-out rows that are remembered to find near ones (0.7 KB a row).</summary>
    public int RememberedNear { get; init; } = 1 << 18;
}
