namespace MedicalGpt.Options;

/// <summary>The option works but help does not list it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HiddenAttribute : Attribute;
