using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>Encoder of pre-tokenised runs: texts are ids separated by spaces; 2 ends an answer, 0 pads, as in the golden models.</summary>
public sealed class TokenEncoder : IExampleEncoder
{
    public IReadOnlyList<int> StopIds => [2];

    public int EndOfTextId => 2;

    public int PadId => 0;

    public int[] EncodeText(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    public EncodedConversation EncodeConversation(Conversation conversation)
    {
        var turns = conversation.Messages.Select(m => (Ids: EncodeAnswer(m.Content), Own: m.Role == Roles.Assistant)).ToArray();
        return new EncodedConversation([.. turns.SelectMany(t => t.Ids)], [.. turns.SelectMany(t => t.Ids.Select(_ => t.Own))]);
    }

    public int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null) => [.. messages.SelectMany(m => EncodeText(m.Content))];

    public int[] EncodeAnswer(string answer) => [.. EncodeText(answer), 2];

    public EncodedConversation EncodeContinuation(IReadOnlyList<Message> prompt, IReadOnlyList<Message> answer, string? toolsJson = null) => EncodeConversation(new Conversation(answer));

    public string Decode(IReadOnlyList<int> ids) => string.Join(' ', ids);
}
