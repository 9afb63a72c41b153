namespace MedicalGpt.Training;

/// <summary>The rule by which a row lost tokens to a length limit; rows are counted and reported by it.</summary>
/// <param name="Rule">What was done, a short phrase, for example "end cut at model_max_length".</param>
/// <param name="LosesEnd">True when the end of an answer may be gone, so that the row does not teach to stop.</param>
public sealed record RowCut(string Rule, bool LosesEnd)
{
    /// <summary>The end is cut off, by a rule of the algorithm that has no name.</summary>
    public static RowCut AtTheLimit { get; } = new("end cut at the length limit", LosesEnd: true);
}
