namespace MedicalGpt.Plugins.Metadata;

/// <summary>A component as an assembly declares it with <c>[assembly: PluginComponent(…)]</c>.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Name">Name.</param>
/// <param name="OptionsType">Full name of the options record, as compiled metadata spells it.</param>
/// <param name="Summary">One line.</param>
internal sealed record DeclaredComponent(string Kind, string Name, string OptionsType, string Summary);
