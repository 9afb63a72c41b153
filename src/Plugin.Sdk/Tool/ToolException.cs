namespace MedicalGpt.Plugins.Tool;

/// <summary>A reason to fail the plugin's build.</summary>
/// <param name="code">Id of the diagnostic: see docs/diagnostics.</param>
/// <param name="message">What is wrong and the remedy.</param>
internal sealed class ToolException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
