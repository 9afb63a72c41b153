using System.Text.Json;

namespace MedicalGpt.Training.Tests;

/// <summary>Reference files under tests/fixtures/golden.</summary>
internal static class Golden
{
    public static string Root { get; } = Find();

    public static JsonElement Case(string folder) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, folder, "case.json"))).RootElement;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "tests", "fixtures", "golden");
            if (Directory.Exists(path))
                return path;
        }

        throw new DirectoryNotFoundException("tests/fixtures/golden is not above " + AppContext.BaseDirectory);
    }
}
