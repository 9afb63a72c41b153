namespace MedicalGpt.Training.DataChecks;

/// <summary>What a run does with what the check of its rows finds.</summary>
public enum DataCheckMode
{
    /// <summary>Rows are not looked at beyond what training needs.</summary>
    Off,

    /// <summary>Errors stop the run before weights load; warnings are printed and kept in <c>run.json</c>.</summary>
    Warn,

    /// <summary>Warnings stop the run too.</summary>
    Strict,
}
