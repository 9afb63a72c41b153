namespace MedicalGpt.Options;

/// <summary>The value is never printed, logged or stored: tables and errors show <c>***</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
