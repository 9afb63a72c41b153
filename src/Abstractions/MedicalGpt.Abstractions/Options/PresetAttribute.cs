namespace MedicalGpt.Options;

/// <summary>Value that a preset gives to a key, of this record or of one beside it.</summary>
/// <param name="preset">Name of the preset, such as <c>trl</c>.</param>
/// <param name="key">Key, in snake_case.</param>
/// <param name="value">A constant: bool, number, text or enum member.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PresetAttribute(string preset, string key, object value) : Attribute
{
    /// <summary>Name of the preset.</summary>
    public string Preset { get; } = preset;

    /// <summary>Key that gets the value.</summary>
    public string Key { get; } = key;

    /// <summary>The value under the preset.</summary>
    public object Value { get; } = value;
}
