namespace MedicalGpt.Data;

/// <summary>What a stage asks of a dataset.</summary>
/// <param name="Kind">The kind of rows the stage trains on.</param>
/// <param name="Configuration">The dataset's configuration (<c>--dataset_config_name</c>); null = its default.</param>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
public sealed record DatasetRequest(ExampleKind Kind, string? Configuration, string Split);
