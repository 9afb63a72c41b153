namespace MedicalGpt.Data;

/// <summary>A published dataset.</summary>
/// <param name="Name">The name users write (<c>--dataset_name</c>), for example <c>shibing624/medical</c>.</param>
/// <param name="Repository">Its dataset repository on the hub (<c>owner/name</c>); null = it is published elsewhere.</param>
/// <param name="Licence">Licence as its publisher states it (SPDX id where there is one), or what is unclear about it.</param>
/// <param name="Homepage">Where it is described.</param>
/// <param name="Configurations">Its configurations; the first one is the default.</param>
public sealed record DatasetSource(string Name, string? Repository, string Licence, string Homepage, IReadOnlyList<DatasetConfiguration> Configurations)
{
    /// <summary>What is in it, in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>Other names of the dataset.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
