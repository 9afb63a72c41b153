namespace MedicalGpt.Data;

/// <summary>Turns as plain text, for comparing, counting and showing; templates write them for models.</summary>
public static class MessageText
{
    /// <summary>What is said in turns, one below the other; calls of tools as their JSON.</summary>
    /// <param name="messages">Turns.</param>
    /// <returns>For one turn of plain text, that text.</returns>
    public static string Of(IEnumerable<Message> messages) =>
        string.Join('\n', messages.SelectMany(message => new[] { message.Content, message.ToolCallsJson }).Where(text => !string.IsNullOrEmpty(text)));
}
