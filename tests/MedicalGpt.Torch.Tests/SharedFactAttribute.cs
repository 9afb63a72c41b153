namespace MedicalGpt.Torch.Tests;

/// <summary>A test that needs reference files beside the repository; skipped, with the reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path)
    {
        Path = path;
        if (Find(path) is null)
            Skip = $"../shared/{path} is not on this machine";
    }

    public string Path { get; }

    internal static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "shared", relative);
            if (System.IO.Path.Exists(path))
                return path;
        }

        return null;
    }
}
