namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>One merge.</summary>
/// <param name="Rank">Its place in the list of merges; lower merges first.</param>
/// <param name="Id">The token it makes.</param>
internal readonly record struct MergeRule(int Rank, int Id)
{
    /// <summary>No merge.</summary>
    public static MergeRule None => new(int.MaxValue, -1);
}
