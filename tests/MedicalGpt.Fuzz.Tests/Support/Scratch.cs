namespace MedicalGpt.Fuzz.Tests.Support;

/// <summary>A folder for inputs of readers that take files.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("medgpt-fuzz-").FullName;

    /// <summary>Path of a file in it.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => Path.Combine(_root, name);

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bytes">Its content.</param>
    /// <returns>Its path.</returns>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}
