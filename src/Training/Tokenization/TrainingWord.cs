using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>A distinct word of the training texts, as the tokens it has so far.</summary>
internal sealed class TrainingWord(string text, long count)
{
    /// <summary>How often it occurs.</summary>
    public long Count { get; } = count;

    /// <summary>Its tokens.</summary>
    public List<int> Ids { get; } = [.. Encoding.UTF8.GetBytes(text).Select(b => (int)BytePairFiles.IdOfByte[b])];

    /// <summary>Merges a pair wherever it occurs, from the left.</summary>
    public void Merge(TokenPair pair, int id)
    {
        var write = 0;
        for (var read = 0; read < Ids.Count; read++, write++)
        {
            var found = read + 1 < Ids.Count && Ids[read] == pair.Left && Ids[read + 1] == pair.Right;
            Ids[write] = found ? id : Ids[read];
            if (found)
                read++;
        }

        Ids.RemoveRange(write, Ids.Count - write);
    }
}
