using MedicalGpt.Data;

namespace MedicalGpt.Training.Templates;

/// <summary>How a model writes dialogues.</summary>
public interface IChatTemplate
{
    /// <summary>Where it was read, for errors: a file, or the name it was chosen by.</summary>
    string Source { get; }

    /// <summary>Renders a dialogue.</summary>
    /// <param name="messages">Turns in order.</param>
    /// <param name="toolsJson">JSON array of tool schemas; null = none.</param>
    /// <param name="addGenerationPrompt">True = the text ends with the assistant's header.</param>
    /// <returns>The text and where its parts came from.</returns>
    /// <exception cref="MedicalGptException">The template refuses the dialogue, fails on it, or would take more than it may.</exception>
    RenderedChat Render(IReadOnlyList<Message> messages, string? toolsJson, bool addGenerationPrompt);
}
