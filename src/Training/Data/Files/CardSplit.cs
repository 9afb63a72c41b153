namespace MedicalGpt.Training.Data;

/// <summary>A split of a configuration that a dataset's README.md lists.</summary>
/// <param name="Name">Its name, as the card writes it.</param>
/// <param name="Patterns">Its files, relative to the configuration's folder: <c>*</c> matches within a folder, <c>**</c> across folders.</param>
public sealed record CardSplit(string Name, IReadOnlyList<string> Patterns);
