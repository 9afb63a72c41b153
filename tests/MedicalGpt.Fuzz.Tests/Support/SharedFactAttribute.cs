namespace MedicalGpt.Fuzz.Tests.Support;

/// <summary>A test that needs reference files beside the repository; skipped, with the reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Folder of Parquet files of other programs.</summary>
    public const string Parquet = "data/parquet";

    public SharedFactAttribute(string path)
    {
        Path = path;
        if (Find(path) is null)
            Skip = $"../shared/{path} is not on this machine";
    }

    public string Path { get; }

    /// <summary>Finds a folder beside the repository.</summary>
    /// <param name="relative">Its path in <c>shared</c>.</param>
    public static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(System.IO.Path.Combine(folder.FullName, "shared", relative)))
                return System.IO.Path.Combine(folder.FullName, "shared", relative);
        }

        return null;
    }
}
