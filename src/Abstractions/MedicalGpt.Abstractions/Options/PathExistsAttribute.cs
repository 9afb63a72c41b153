namespace MedicalGpt.Options;

/// <summary>The text is a path that must exist when options are validated (an empty text or none is not checked).</summary>
/// <param name="kind">What must be there.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathExistsAttribute(PathKind kind = PathKind.Any) : Attribute
{
    /// <summary>What must be there.</summary>
    public PathKind Kind { get; } = kind;
}
