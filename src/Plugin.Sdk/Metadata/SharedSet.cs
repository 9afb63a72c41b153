namespace MedicalGpt.Plugins.Metadata;

/// <summary>The names that host and plugins share; read from the one list that is embedded in the host and in the build tool.</summary>
internal sealed class SharedSet
{
    private const string Resource = "MedicalGpt.SharedAssemblies.txt";
    private const string NativeMark = "native ";

    private readonly HashSet<string> assemblies;
    private readonly string[] nativePrefixes;

    private SharedSet(IEnumerable<string> lines)
    {
        var entries = lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToArray();
        nativePrefixes = [.. entries.Where(e => e.StartsWith(NativeMark, StringComparison.Ordinal)).Select(e => e[NativeMark.Length..].Trim())];
        assemblies = entries.Where(e => !e.StartsWith(NativeMark, StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Simple names of the shared assemblies.</summary>
    public IReadOnlyCollection<string> Assemblies => assemblies;

    /// <summary>Reads the embedded list.</summary>
    public static SharedSet Load()
    {
        using var stream = typeof(SharedSet).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"resource {Resource} is not embedded in {typeof(SharedSet).Assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        return new SharedSet(reader.ReadToEnd().Split('\n'));
    }

    /// <summary>True for a shared assembly.</summary>
    /// <param name="simpleName">Name without version and extension.</param>
    public bool Contains(string? simpleName) => simpleName is not null && assemblies.Contains(simpleName);

    /// <summary>True for a file that holds a shared assembly or one of its native libraries.</summary>
    /// <param name="path">File name or path.</param>
    public bool IsSharedFile(string path)
    {
        var name = Path.GetFileName(path);
        return name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && Contains(Path.GetFileNameWithoutExtension(name))
            || nativePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}
