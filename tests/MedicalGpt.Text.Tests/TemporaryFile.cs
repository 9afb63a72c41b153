using System.Text;

namespace MedicalGpt.Text.Tests;

/// <summary>A file in a folder of its own that goes away.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string name, string content)
        : this(name, Encoding.UTF8.GetBytes(content))
    {
    }

    public TemporaryFile(string name, byte[] content)
    {
        Folder = Directory.CreateTempSubdirectory("medgpt-rows").FullName;
        Path = System.IO.Path.Combine(Folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllBytes(Path, content);
    }

    public string Folder { get; }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Folder, true);
}
