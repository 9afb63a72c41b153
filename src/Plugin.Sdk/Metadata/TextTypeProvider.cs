using System.Reflection.Metadata;

namespace MedicalGpt.Plugins.Metadata;

/// <summary>Gives types as texts while attribute arguments are decoded.</summary>
internal sealed class TextTypeProvider : ICustomAttributeTypeProvider<string>
{
    public static readonly TextTypeProvider Instance = new();

    public static string FullName(MetadataReader reader, TypeDefinition type) => Join(reader.GetString(type.Namespace), reader.GetString(type.Name));

    public static string FullName(MetadataReader reader, TypeReference type) => Join(reader.GetString(type.Namespace), reader.GetString(type.Name));

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSystemType() => "System.Type";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => FullName(reader, reader.GetTypeDefinition(handle));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => FullName(reader, reader.GetTypeReference(handle));

    /// <summary>A type argument as compiled: <c>Name.Space.Type</c>, followed by <c>, Assembly, Version=…</c> where another assembly has it.</summary>
    public string GetTypeFromSerializedName(string name) => name;

    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(string type) => type == "System.Type";

    private static string Join(string space, string name) => space.Length == 0 ? name : space + "." + name;
}
