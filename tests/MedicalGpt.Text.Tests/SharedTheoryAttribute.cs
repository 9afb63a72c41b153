namespace MedicalGpt.Text.Tests;

/// <summary>A test with several inputs that needs reference files; skipped, with the reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string path)
    {
        Path = path;
        if (SharedFiles.Find(path) is null)
            Skip = $"../shared/{path} is not on this machine";
    }

    public string Path { get; }
}
