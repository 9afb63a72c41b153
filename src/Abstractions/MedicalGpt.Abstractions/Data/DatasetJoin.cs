namespace MedicalGpt.Data;

/// <summary>A column that is filled from another file of the dataset, for datasets that keep ids and texts apart.</summary>
/// <param name="Column">The new column.</param>
/// <param name="By">The column of the row that holds the id.</param>
/// <param name="File">The other file, relative to the dataset's folder; it is held in memory.</param>
/// <param name="Key">Its column with the id.</param>
/// <param name="Value">Its column with the text.</param>
public sealed record DatasetJoin(string Column, string By, string File, string Key, string Value);
