namespace MedicalGpt.DataChecks.Tests;

/// <summary>A token per character; 1 ends a turn of the assistant, unless its text ends with "~".</summary>
internal sealed class LetterEncoder : IExampleEncoder
{
    public IReadOnlyList<int> StopIds => [1];

    public int EndOfTextId => 1;

    public int PadId => 0;

    public int[] EncodeText(string text) => [.. text.Select(letter => (int)letter)];

    public EncodedConversation EncodeConversation(Conversation conversation)
    {
        if (conversation.Messages[0].Content == "refuse")
            throw new MedicalGptException("no");
        var turns = conversation.Messages.Select(message => (Ids: message.Role == Roles.Assistant ? EncodeAnswer(message.Content) : EncodeText(message.Content), message.Role)).ToList();
        return new EncodedConversation([.. turns.SelectMany(turn => turn.Ids)], [.. turns.SelectMany(turn => turn.Ids.Select(_ => turn.Role == Roles.Assistant))]);
    }

    public int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null) => [.. messages.SelectMany(message => EncodeText(message.Content))];

    public int[] EncodeAnswer(string answer) => answer.EndsWith('~') ? EncodeText(answer) : [.. EncodeText(answer), 1];

    public EncodedConversation EncodeContinuation(IReadOnlyList<Message> prompt, IReadOnlyList<Message> answer, string? toolsJson = null)
    {
        int[] ids = [.. answer.SelectMany(message => EncodeAnswer(message.Content))];
        return new EncodedConversation(ids, [.. ids.Select(_ => true)]);
    }

    public string Decode(IReadOnlyList<int> ids) => string.Concat(ids.Select(id => (char)id));
}
