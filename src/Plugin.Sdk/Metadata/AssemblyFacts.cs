namespace MedicalGpt.Plugins.Metadata;

/// <summary>What compiled metadata says about an assembly, read without loading it.</summary>
internal sealed record AssemblyFacts
{
    /// <summary>Simple name.</summary>
    public required string Name { get; init; }

    /// <summary>Version.</summary>
    public required Version Version { get; init; }

    /// <summary>Versions of the assemblies it was compiled against, by simple name.</summary>
    public required IReadOnlyDictionary<string, Version> References { get; init; }

    /// <summary>Its <c>[AssemblyMetadata]</c> texts by key.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Components it declares.</summary>
    public required IReadOnlyList<DeclaredComponent> Components { get; init; }

    /// <summary>Names given to <c>[Options]</c>, by full type name.</summary>
    public required IReadOnlyDictionary<string, string> OptionsNames { get; init; }

    /// <summary>True where <c>[assembly: MedicalGptPlugin(…)]</c> is there.</summary>
    public required bool IsPlugin { get; init; }
}
