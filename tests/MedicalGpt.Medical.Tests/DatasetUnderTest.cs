using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical;

namespace MedicalGpt.Medical.Tests;

/// <summary>Reads the dataset as the host does.</summary>
internal static class DatasetUnderTest
{
    public static readonly IReadOnlyList<(string Configuration, ExampleKind Kind)> Configurations =
    [
        ("pretrain", ExampleKind.Text),
        ("sft", ExampleKind.Conversation),
        ("reward", ExampleKind.Preference),
        ("preference", ExampleKind.Preference),
        ("prompts", ExampleKind.Prompt),
    ];

    public static async Task<IReadOnlyList<Example>> Rows(string configuration, string split, MedicalQuickstartOptions? options = null)
    {
        var kind = Configurations.Single(each => each.Configuration == configuration).Kind;
        return await Rows(new DatasetRequest(kind, configuration, split), options);
    }

    public static async Task<IReadOnlyList<Example>> Rows(DatasetRequest request, MedicalQuickstartOptions? options = null)
    {
        var rows = new List<Example>();
        await foreach (var row in new MedicalQuickstartDataset(options ?? new MedicalQuickstartOptions()).ReadAsync(request, CancellationToken.None))
            rows.Add(row);
        return rows;
    }

    public static async Task<IReadOnlyList<T>> Rows<T>(string configuration, string split, MedicalQuickstartOptions? options = null)
        where T : Example => [.. (await Rows(configuration, split, options)).Cast<T>()];
}
