namespace MedicalGpt.Training.DataChecks;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Probably not meant; a run goes on, unless it is told to be strict.</summary>
    Warning,

    /// <summary>Results would be wrong or mean nothing.</summary>
    Error,
}
