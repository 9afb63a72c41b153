namespace MedicalGpt.Rewards;

/// <summary>The score of one answer.</summary>
/// <param name="Value">The score; null = not applicable to this row.</param>
public readonly record struct RewardScore(double? Value)
{
    /// <summary>Named parts of the score for logs; null when there are none.</summary>
    public IReadOnlyDictionary<string, double>? Parts { get; init; }
}
