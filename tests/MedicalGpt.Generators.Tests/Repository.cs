namespace MedicalGpt.Generators.Tests;

/// <summary>The checked-out repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MedicalGpt.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("MedicalGpt.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
