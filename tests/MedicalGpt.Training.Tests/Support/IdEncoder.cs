using MedicalGpt.Data;

namespace MedicalGpt.Training.Tests;

/// <summary>Tests work on token ids; only the special ids are asked for.</summary>
internal sealed class IdEncoder : IExampleEncoder
{
    public IReadOnlyList<int> StopIds => [1];

    public int EndOfTextId => 1;

    public int PadId => 0;

    public int[] EncodeText(string text) => throw new NotSupportedException();

    public EncodedConversation EncodeConversation(Conversation conversation) => throw new NotSupportedException();

    public int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null) => [.. messages.SelectMany(m => m.Content.Select(c => (int)c))];

    public int[] EncodeAnswer(string answer) => [.. answer.Select(c => (int)c), 1];

    public EncodedConversation EncodeContinuation(IReadOnlyList<Message> prompt, IReadOnlyList<Message> answer, string? toolsJson = null) => throw new NotSupportedException();

    public string Decode(IReadOnlyList<int> ids) => string.Join(' ', ids);
}
