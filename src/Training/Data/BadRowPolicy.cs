namespace MedicalGpt.Training.Data;

/// <summary>What happens at a row that cannot be used.</summary>
public enum BadRowPolicy
{
    /// <summary>Reading stops with an error that names the row.</summary>
    Fail,

    /// <summary>The row is left out; the notices name the first ones and count all.</summary>
    Skip,
}
