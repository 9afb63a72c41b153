using MedicalGpt.Data;

namespace MedicalGpt.Datasets.Medical.Published;

/// <summary>Short forms for the tables.</summary>
internal static class Layout
{
    /// <summary>A configuration whose splits are one pattern each; null = the split does not exist.</summary>
    public static DatasetConfiguration Of(string name, ExampleKind kind, string train, string? validation = null, string? test = null) =>
        Of(name, kind, [train], validation is null ? [] : [validation], test is null ? [] : [test]);

    /// <summary>A configuration with alternative patterns for each split.</summary>
    public static DatasetConfiguration Of(string name, ExampleKind kind, string[] train, string[] validation, string[] test)
    {
        var files = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (split, patterns) in new[] { ("train", train), ("validation", validation), ("test", test) })
            if (patterns.Length > 0)
                files[split] = patterns;
        return new DatasetConfiguration(name, kind, files);
    }
}
