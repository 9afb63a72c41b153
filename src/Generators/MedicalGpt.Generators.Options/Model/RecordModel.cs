namespace MedicalGpt.Generators.Options.Model;

/// <summary>One options record: plain values only, so that it is cheap to compare and roots no compilation.</summary>
internal sealed record RecordModel
{
    public string Namespace { get; init; } = "";

    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public string Summary { get; init; } = "";

    public EquatableArray<OptionModel> Options { get; init; }

    public EquatableArray<KeyText> StageDefaults { get; init; }

    public EquatableArray<PresetModel> Presets { get; init; }

    public EquatableArray<KeyText> Accepted { get; init; }

    public string FullName => Namespace.Length == 0 ? Type : Namespace + "." + Type;
}
