namespace MedicalGpt.Modeling.Tests;

/// <summary>A theory that needs reference files beside the repository; skipped, with the reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (Folder is null)
            Skip = "../shared is not on this machine";
    }

    /// <summary>The folder beside the repository; null = absent.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(path, "golden")))
                return path;
        }

        return null;
    }
}
