using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>A tokenizer of one id per word: 0 pad, 1 end of text, 2 end of turn, 3 role header, then words in order of appearance.</summary>
public sealed class WordEncoder : IExampleEncoder
{
    private readonly List<string> words = [];

    public IReadOnlyList<int> StopIds => [2];

    public int EndOfTextId => 1;

    public int PadId => 0;

    public int[] EncodeText(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Id)];

    public EncodedConversation EncodeConversation(Conversation conversation)
    {
        var ids = new List<int>();
        var assistant = new List<bool>();
        foreach (var message in conversation.Messages)
        {
            int[] turn = [.. EncodeText(message.Content), 2];
            ids.AddRange([3, .. turn]);
            assistant.AddRange([false, .. turn.Select(_ => message.Learn ?? (message.Role == Roles.Assistant))]);
        }

        return new EncodedConversation([.. ids], [.. assistant]);
    }

    public int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null) => [.. messages.SelectMany(m => (int[])[3, .. EncodeText(m.Content), 2]), 3];

    public int[] EncodeAnswer(string answer) => [.. EncodeText(answer), 2];

    public EncodedConversation EncodeContinuation(IReadOnlyList<Message> prompt, IReadOnlyList<Message> answer, string? toolsJson = null)
    {
        var turns = EncodeConversation(new Conversation(answer));
        return new EncodedConversation(turns.Ids[1..], turns.Assistant[1..]); // the first header stands in the prompt
    }

    public string Decode(IReadOnlyList<int> ids) => string.Join(' ', ids.Where(id => id > 3).Select(id => words[id - 4]));

    private int Id(string word)
    {
        if (!words.Contains(word))
            words.Add(word);
        return words.IndexOf(word) + 4;
    }
}
