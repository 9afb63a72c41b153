namespace MedicalGpt.Data;

/// <summary>One row of a dataset as text (or already as token ids); the unit that datasets give and algorithms encode.</summary>
public abstract record Example
{
    /// <summary>Where the row came from.</summary>
    public RowOrigin Origin { get; init; }
}
