namespace MedicalGpt.Torch.Tests;

/// <summary>Places in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Golden(params string[] parts) => Path.Combine([Root, "tests", "fixtures", "golden", .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MedicalGpt.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("MedicalGpt.sln is not above " + AppContext.BaseDirectory);
        return folder.FullName;
    }
}
