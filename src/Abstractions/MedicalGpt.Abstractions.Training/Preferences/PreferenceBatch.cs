namespace MedicalGpt.Training.Preferences;

/// <summary>A micro-batch of n preference pairs.</summary>
public sealed class PreferenceBatch : MicroBatch
{
    private readonly int[] firstSegments;

    /// <summary>Lays the pairs out.</summary>
    /// <param name="rows">Encoded pairs.</param>
    public PreferenceBatch(IReadOnlyList<PreferenceRow> rows)
    {
        Rows = rows;
        Layout = SequenceLayout.Create([.. rows.Select(r => r.Segments)]);
        firstSegments = new int[rows.Count];
        for (var i = 1; i < rows.Count; i++)
            firstSegments[i] = firstSegments[i - 1] + rows[i - 1].Segments.Count;
    }

    /// <summary>Encoded pairs, n.</summary>
    public IReadOnlyList<PreferenceRow> Rows { get; }

    /// <summary>All pairs, prompts once.</summary>
    public SequenceLayout Layout { get; }

    /// <summary>Number of pairs, n.</summary>
    public int Pairs => Rows.Count;

    /// <summary><c>pairs</c>, and <c>tokens</c>: targets of the chosen sequences (the prompt's too where it is learned).</summary>
    public override IReadOnlyDictionary<string, double> Counts => new Dictionary<string, double>
    {
        ["pairs"] = Pairs,
        ["tokens"] = Rows.Sum(r => r.Segments.Take(r.Chosen + 1).Sum(s => s.Learned?.Count(l => l) ?? 0)),
    };

    /// <summary>Tokens of all sequences with the prompt counted in each (TRL's <c>num_tokens</c>).</summary>
    public int SequenceTokens => Rows.Sum(r => r.SequenceTokens);

    /// <summary>Flat index of the last token of every chosen answer, then of every rejected one, [2n]: where a reward model scores.</summary>
    public long[] LastTokens =>
    [
        .. Rows.Select((r, i) => (long)Layout.Segments[firstSegments[i] + r.Chosen].Last),
        .. Rows.Select((r, i) => (long)Layout.Segments[firstSegments[i] + r.Rejected].Last),
    ];

    /// <summary>Owner of every target, [M]: i = chosen answer of pair i, n + i = its rejected answer, 2n + i = its prompt.</summary>
    public long[] TargetOwners
    {
        get
        {
            var owners = new long[Layout.Segments.Count];
            for (var i = 0; i < Pairs; i++)
            {
                if (Rows[i].Chosen > 0)
                    owners[firstSegments[i]] = (2 * Pairs) + i;
                owners[firstSegments[i] + Rows[i].Chosen] = i;
                owners[firstSegments[i] + Rows[i].Rejected] = Pairs + i;
            }

            return [.. Layout.TargetSegments.Select(s => owners[s])];
        }
    }
}
