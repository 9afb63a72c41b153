using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MedicalGpt.Plugins.Metadata;

/// <summary>Reads <see cref="AssemblyFacts"/> with PEReader: nothing of the assembly runs.</summary>
internal static class AssemblyFactsReader
{
    private const string MetadataAttribute = "System.Reflection.AssemblyMetadataAttribute";
    private const string PluginAttribute = "MedicalGpt.Plugins.MedicalGptPluginAttribute";
    private const string ComponentAttribute = "MedicalGpt.Plugins.PluginComponentAttribute";
    private const string OptionsAttribute = "MedicalGpt.Options.OptionsAttribute";

    /// <summary>Reads the facts of a DLL.</summary>
    /// <param name="path">The DLL.</param>
    /// <exception cref="BadImageFormatException">The file is not a .NET assembly.</exception>
    public static AssemblyFacts Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var portable = new PEReader(stream);
        if (!portable.HasMetadata)
            throw new BadImageFormatException("the file holds no .NET metadata", path);
        var reader = portable.GetMetadataReader();
        if (!reader.IsAssembly)
            throw new BadImageFormatException("the file is a module, not an assembly", path);
        var definition = reader.GetAssemblyDefinition();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var components = new List<DeclaredComponent>();
        var isPlugin = false;
        foreach (var (type, texts) in Attributes(reader, definition.GetCustomAttributes(), MetadataAttribute, PluginAttribute, ComponentAttribute))
        {
            switch (type)
            {
                case MetadataAttribute:
                    metadata[texts[0]] = texts[1];
                    break;
                case ComponentAttribute:
                    components.Add(new DeclaredComponent(texts[0], texts[1], texts[2], texts[3]));
                    break;
                default:
                    isPlugin = true;
                    break;
            }
        }

        return new AssemblyFacts
        {
            Name = reader.GetString(definition.Name),
            Version = definition.Version,
            References = reader.AssemblyReferences.Select(reader.GetAssemblyReference)
                .GroupBy(r => reader.GetString(r.Name), StringComparer.OrdinalIgnoreCase)
                .ToDictionary(g => g.Key, g => g.Max(r => r.Version)!, StringComparer.OrdinalIgnoreCase),
            Metadata = metadata,
            Components = components,
            OptionsNames = OptionsNames(reader),
            IsPlugin = isPlugin,
        };
    }

    private static Dictionary<string, string> OptionsNames(MetadataReader reader)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            foreach (var (_, texts) in Attributes(reader, type.GetCustomAttributes(), OptionsAttribute))
                names[TextTypeProvider.FullName(reader, type)] = texts[0];
        }

        return names;
    }

    private static IEnumerable<(string Type, string[] Texts)> Attributes(MetadataReader reader, CustomAttributeHandleCollection handles, params string[] wanted)
    {
        foreach (var handle in handles)
        {
            var attribute = reader.GetCustomAttribute(handle);
            var type = TypeName(reader, attribute.Constructor);
            if (type is null || !wanted.Contains(type))
                continue;
            var arguments = attribute.DecodeValue(TextTypeProvider.Instance).FixedArguments;
            yield return (type, [.. arguments.Select(argument => argument.Value as string ?? "")]);
        }
    }

    private static string? TypeName(MetadataReader reader, EntityHandle constructor)
    {
        var owner = constructor.Kind switch
        {
            HandleKind.MemberReference => reader.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default,
        };
        return owner.Kind switch
        {
            HandleKind.TypeReference => TextTypeProvider.FullName(reader, reader.GetTypeReference((TypeReferenceHandle)owner)),
            HandleKind.TypeDefinition => TextTypeProvider.FullName(reader, reader.GetTypeDefinition((TypeDefinitionHandle)owner)),
            _ => null,
        };
    }
}
