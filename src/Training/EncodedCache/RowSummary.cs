namespace MedicalGpt.Training;

/// <summary>What happened to rows at the door, and what is in them; stored with encoded rows, so that nobody has to read them all to know.</summary>
public sealed record RowSummary
{
    /// <summary>Most rows that a list of places names.</summary>
    public const int Named = 20;

    /// <summary>Rows that were given.</summary>
    public int Given { get; init; }

    /// <summary>Rows that are kept, before packing.</summary>
    public int Kept { get; init; }

    /// <summary>Kept rows that lost tokens, by rule.</summary>
    public IReadOnlyDictionary<string, int> Cuts { get; init; } = new Dictionary<string, int>();

    /// <summary>Kept rows whose answer may have lost its end.</summary>
    public int EndsLost { get; init; }

    /// <summary>Rows left out, by reason.</summary>
    public IReadOnlyDictionary<string, int> Dropped { get; init; } = new Dictionary<string, int>();

    /// <summary>What a person should know about rows that are kept.</summary>
    public IReadOnlyList<RowNote> Notes { get; init; } = [];

    /// <summary>The first rows that were cut or left out.</summary>
    public IReadOnlyList<RowPlace> First { get; init; } = [];

    /// <summary>Tokens in all, after packing.</summary>
    public long Tokens { get; init; }

    /// <summary>Tokens that are learned.</summary>
    public long Learned { get; init; }

    /// <summary>True when some row learns an end token.</summary>
    public bool LearnsToStop { get; init; }

    /// <summary>True when every row came as token ids.</summary>
    public bool AllTokenized { get; init; } = true;

    /// <summary>Lowest token id.</summary>
    public int LowestId { get; init; }

    /// <summary>Highest token id.</summary>
    public int HighestId { get; init; }

    /// <summary>The row that has the lowest id.</summary>
    public string LowestPlace { get; init; } = "";

    /// <summary>The row that has the highest id.</summary>
    public string HighestPlace { get; init; } = "";

    /// <summary>SHA-256 of the encoded rows in order, lower-case hex.</summary>
    public string Hash { get; init; } = "";
}
