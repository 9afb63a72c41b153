using System.Text.RegularExpressions;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Plugins.Tool;

/// <summary>Checks what a plugin's assembly attributes declare.</summary>
internal static partial class DeclarationCheck
{
    /// <summary>Id of the diagnostic.</summary>
    public const string Code = "MGPT103";

    /// <summary>Checks the declarations.</summary>
    /// <param name="facts">What the assembly says.</param>
    /// <exception cref="ToolException">Something is missing or wrong.</exception>
    public static void Check(AssemblyFacts facts)
    {
        if (!facts.IsPlugin)
            throw new ToolException(Code, "no plugin class is named. Add [assembly: MedicalGptPlugin(typeof(YourPlugin))].");
        if (facts.Components.Count == 0)
            throw new ToolException(Code, "no component is declared. Add [assembly: PluginComponent(ComponentKinds.Reward, \"name\", typeof(YourOptions), \"One line for lists.\")] for each one registered.");
        foreach (var component in facts.Components)
        {
            var place = $"component {component.Kind} '{component.Name}'";
            if (!NamePattern().IsMatch(component.Name) || !NamePattern().IsMatch(component.Kind))
                throw new ToolException(Code, $"{place}: names have lower-case letters, digits, '-', '_' and '.', and begin with a letter or digit.");
            if (string.IsNullOrWhiteSpace(component.Summary))
                throw new ToolException(Code, $"{place}: the summary is empty. Say in one line what it is.");
            if (!facts.OptionsNames.ContainsKey(component.OptionsType))
                throw new ToolException(Code, $"{place}: its options type {component.OptionsType.Split(',')[0]} is no record with [Options] in this assembly.");
            if (facts.Components.Count(other => other.Kind == component.Kind && other.Name == component.Name) > 1)
                throw new ToolException(Code, $"{place} is declared more than once.");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}$")]
    private static partial Regex NamePattern();
}
