using MedicalGpt.Data;

namespace MedicalGpt.Training.Templates;

/// <summary>How a model writes dialogues.</summary>
public interface IChatTemplate
{
    /// <summary>The token that ends a turn.</summary>
    string EndOfTurn { get; }

    /// <summary>Renders a dialogue.</summary>
    /// <param name="messages">Turns in order, at least one.</param>
    /// <param name="toolsJson">JSON array of tool schemas; null = none.</param>
    /// <param name="addGenerationPrompt">True = the text ends with the assistant's header.</param>
    /// <returns>The text and what of it the assistant wrote.</returns>
    /// <exception cref="MedicalGptException">The template has no place for what is asked.</exception>
    RenderedChat Render(IReadOnlyList<Message> messages, string? toolsJson, bool addGenerationPrompt);
}
