namespace MedicalGpt.Training.Tokenization;

/// <summary>Token strings and their ids.</summary>
internal sealed class Vocabulary
{
    /// <summary>The largest number of tokens that is read.</summary>
    public const int Limit = 4_000_000;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;

    /// <summary>Takes ids that were checked to be in [0, <see cref="Limit"/>).</summary>
    public Vocabulary(Dictionary<string, int> ids)
    {
        _idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        Tokens = new string?[ids.Count == 0 ? 0 : ids.Values.Max() + 1];
        foreach (var (token, id) in ids)
            Tokens[id] = token;
    }

    /// <summary>Takes ids that were checked, and all token strings by id, of which some may be equal.</summary>
    public Vocabulary(Dictionary<string, int> ids, string?[] tokens)
    {
        _idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        Tokens = tokens;
    }

    /// <summary>Token strings by id; null where an id is not used.</summary>
    public string?[] Tokens { get; }

    /// <summary>The id of a token; null = there is none.</summary>
    public int? IdOf(ReadOnlySpan<char> token) => _idsBySpan.TryGetValue(token, out var id) ? id : null;
}
