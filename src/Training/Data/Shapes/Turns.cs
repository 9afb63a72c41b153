using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Makes the turns before an answer from columns.</summary>
internal static class Turns
{
    /// <summary>The turns of a prompt: a string (a user turn, after the columns system and history) or a list of turns.</summary>
    public static List<Message> Opening(DataRow row, string field) => row.IsList(field)
        ? WithSystem(row, MessageReader.Read(row, field))
        : WithSystem(row, [.. History(row), new Message(Roles.User, row.FilledText(field))]);

    /// <summary>The turns of an alpaca row: the instruction and, on the next line, its input.</summary>
    public static List<Message> Alpaca(DataRow row)
    {
        var input = row.TextOrEmpty("input");
        var question = string.IsNullOrWhiteSpace(input) ? row.FilledText("instruction") : $"{row.Text("instruction")}\n{input}".Trim('\n');
        return WithSystem(row, [.. History(row), new Message(Roles.User, question)]);
    }

    /// <summary>An answer: text, one turn, or a list of turns that begins with the assistant's.</summary>
    public static List<Message> Answer(DataRow row, string field)
    {
        List<Message> answer = row.Get(field).ValueKind switch
        {
            JsonValueKind.Object => [MessageReader.Turn(row, row.Column(field), row.Get(field))],
            JsonValueKind.Array => MessageReader.Read(row, field),
            _ => [new Message(Roles.Assistant, row.FilledText(field))],
        };
        return Checked(row, field, answer);
    }

    /// <summary>The turns of an answer, checked: the first and last are the assistant's, none of its turns is empty.</summary>
    public static List<Message> Checked(DataRow row, string field, List<Message> answer)
    {
        var isAnswer = answer[0].Role == Roles.Assistant && answer[^1].Role == Roles.Assistant;
        return isAnswer && answer.All(turn => turn.ToolCallsJson is not null || !string.IsNullOrWhiteSpace(turn.Content) || turn.Role != Roles.Assistant)
            ? answer
            : throw row.Wrong(field, "an answer of the assistant (gpt, assistant) that is not empty: text, turns, or calls of tools with their results between turns");
    }

    /// <summary>Puts the column system in front of turns that have no system turn.</summary>
    public static List<Message> WithSystem(DataRow row, List<Message> messages)
    {
        var field = row.Has("system_prompt") ? "system_prompt" : "system";
        if (!row.Has(field) || messages[0].Role == Roles.System || string.IsNullOrWhiteSpace(row.Text(field)))
            return messages;
        return [new Message(Roles.System, row.Text(field)), .. messages];
    }

    private static IEnumerable<Message> History(DataRow row)
    {
        if (!row.Has("history"))
            yield break;
        if (!row.IsList("history"))
            throw row.Wrong("history", "a list of [question, answer]");
        foreach (var round in row.Get("history").EnumerateArray())
        {
            if (round.ValueKind != JsonValueKind.Array || round.GetArrayLength() != 2 || round.EnumerateArray().Any(t => t.ValueKind != JsonValueKind.String))
                throw row.Wrong("history", "a list of [question, answer]");
            yield return new Message(Roles.User, round[0].GetString()!);
            yield return new Message(Roles.Assistant, round[1].GetString()!);
        }
    }
}
