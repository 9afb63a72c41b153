namespace MedicalGpt.Training.Data;

/// <summary>A configuration that a dataset's README.md lists.</summary>
/// <param name="Name">Its name, <c>config_name</c>.</param>
/// <param name="IsDefault">Whether it is meant where none is named.</param>
/// <param name="Folder">The folder that its files are in, relative to the dataset's (<c>data_dir</c>); "" = the dataset's.</param>
/// <param name="Splits">Patterns of files by split (<c>data_files</c>); empty = the files of the folder, by their names.</param>
public sealed record CardConfiguration(string Name, bool IsDefault, string Folder, IReadOnlyList<CardSplit> Splits)
{
    /// <summary>Further settings, which are not read here.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];
}
