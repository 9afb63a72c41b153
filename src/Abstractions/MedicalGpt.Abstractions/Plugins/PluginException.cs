namespace MedicalGpt.Plugins;

/// <summary>A plugin is refused, or failed.</summary>
/// <param name="message">What is wrong, as one sentence.</param>
/// <param name="innerException">The technical cause.</param>
public sealed class PluginException(string message, Exception? innerException = null) : MedicalGptException(message, innerException);
