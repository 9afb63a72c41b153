namespace MedicalGpt.Host.Commands.Data;

/// <summary>Which repetitions are left out.</summary>
public enum DedupeMode
{
    /// <summary>None.</summary>
    None,

    /// <summary>Rows that repeat an earlier one word for word.</summary>
    Exact,

    /// <summary>Also rows that nearly do (MinHash, similarity 0.85).</summary>
    Near,
}
