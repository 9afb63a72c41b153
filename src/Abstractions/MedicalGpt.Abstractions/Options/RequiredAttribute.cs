namespace MedicalGpt.Options;

/// <summary>Some layer above the record's own default must give this option, and not as an empty text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;
