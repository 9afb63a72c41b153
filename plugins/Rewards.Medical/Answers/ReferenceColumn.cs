namespace MedicalGpt.Rewards.Medical.Answers;

/// <summary>Reads the column that holds the right answer.</summary>
internal static class ReferenceColumn
{
    /// <summary>Checks that at least one row of a batch has the column; a wrong column name must not train in silence.</summary>
    /// <exception cref="MedicalGptException">No row has it.</exception>
    public static void Require(string reward, string option, string column, IReadOnlyList<RewardSample> samples)
    {
        if (samples.Count == 0 || samples.Any(sample => sample.Reference.ContainsKey(column)))
            return;
        var columns = samples[0].Reference.Keys.Order(StringComparer.Ordinal);
        throw new MedicalGptException($"Reward '{reward}' finds no column '{column}' in the rows.")
        {
            Place = $"--{option}",
            Given = column,
            Allowed = $"a column of the rows: {string.Join(", ", columns)}",
            Remedy = $"name the column of the right answer with --{option}",
        };
    }
}
