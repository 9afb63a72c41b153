using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MedicalGpt.Architecture.Tests;

/// <summary>Finds static fields that can change, in compiled metadata.</summary>
internal static class StaticFields
{
    /// <summary>Static fields that are neither constant nor read-only, as <c>Type.field</c>; the compiler's own (lambda caches) are left out.</summary>
    /// <param name="assembly">A DLL.</param>
    /// <param name="allowThreadStatic">True where <c>[ThreadStatic]</c> fields are allowed.</param>
    public static IReadOnlyList<string> Mutable(string assembly, bool allowThreadStatic)
    {
        using var stream = File.OpenRead(assembly);
        using var portable = new PEReader(stream);
        var reader = portable.GetMetadataReader();
        return
        [
            .. from typeHandle in reader.TypeDefinitions
               let type = reader.GetTypeDefinition(typeHandle)
               let typeName = reader.GetString(type.Name)
               where !typeName.StartsWith('<')
               from fieldHandle in type.GetFields()
               let field = reader.GetFieldDefinition(fieldHandle)
               let name = reader.GetString(field.Name)
               where field.Attributes.HasFlag(FieldAttributes.Static)
                   && !field.Attributes.HasFlag(FieldAttributes.InitOnly)
                   && !field.Attributes.HasFlag(FieldAttributes.Literal)
               where !name.StartsWith("<>", StringComparison.Ordinal)
                   && !(allowThreadStatic && IsThreadStatic(reader, field))
               select $"{typeName}.{name}",
        ];
    }

    private static bool IsThreadStatic(MetadataReader reader, FieldDefinition field) =>
        field.GetCustomAttributes()
            .Select(handle => reader.GetCustomAttribute(handle).Constructor)
            .Where(constructor => constructor.Kind == HandleKind.MemberReference)
            .Select(constructor => reader.GetMemberReference((MemberReferenceHandle)constructor).Parent)
            .Where(parent => parent.Kind == HandleKind.TypeReference)
            .Any(parent => reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) == nameof(ThreadStaticAttribute));
}
