namespace MedicalGpt.Training.DataChecks;

/// <summary>One thing that is looked for in rows, which pass once, in order.</summary>
internal interface IRowCheck
{
    /// <summary>Looks at a row.</summary>
    void Add(CheckedRow row);

    /// <summary>What was found.</summary>
    /// <param name="rows">Rows that passed.</param>
    IEnumerable<DataFinding> Findings(long rows);
}
