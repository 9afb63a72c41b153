namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>A test that needs reference files; skipped, with the reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path)
    {
        Path = path;
        if (SharedFiles.Find(path) is null)
            Skip = $"../shared/{path} is not on this machine";
    }

    public string Path { get; }
}
