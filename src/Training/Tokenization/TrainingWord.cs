using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>A distinct word of the training texts, as the tokens it has so far.</summary>
internal sealed class TrainingWord(string text, long count)
{
    /// <summary>How often it occurs.</summary>
    public long Count { get; } = count;

    /// <summary>Its tokens.</summary>
    public List<int> Ids { get; } = [.. Encoding.UTF8.GetBytes(text).Select(b => (int)BytePairFiles.IdOfByte[b])];
}
