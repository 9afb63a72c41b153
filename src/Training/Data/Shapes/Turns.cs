using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Makes the turns before an answer from columns.</summary>
internal static class Turns
{
    /// <summary>The turns of a prompt: a string (a user turn, after the columns system and history) or a list of turns.</summary>
    public static List<Message> Opening(DataRow row, string field) => row.IsList(field)
        ? Dialogue(row, Read(row, field))
        : Question(row, row.FilledText(field));

    /// <summary>A question in the column, behind the columns system and history.</summary>
    public static List<Message> Question(DataRow row, string text) => WithSystem(row, [.. History(row), new Message(Roles.User, text)]);

    /// <summary>Turns that must end with what is to be answered.</summary>
    /// <exception cref="MedicalGptException">The last turn is the assistant's.</exception>
    public static List<Message> Asking(DataRow row, string field, List<Message> messages) => messages[^1].Role != Roles.Assistant
        ? messages
        : throw new MedicalGptException($"\"{row.Column(field)}\" ends with a turn of the assistant.") { Place = row.Origin.ToString(), Given = Shown(messages[^1]), Allowed = "turns that end with the question: the answers to it stand in other columns", Remedy = "remove the last turn, or leave the row out" };

    /// <summary>The turns of a column that is a dialogue from its beginning, in an order in which people speak.</summary>
    public static List<Message> Read(DataRow row, string field) => Ordered(row, MessageReader.Read(row, field));

    /// <summary>Turns whose speakers take turns: the assistant does not begin, and nobody speaks twice in a row. System turns may stand anywhere, tools answer calls and each other, words may stand before a call, and two people may speak who have different names.</summary>
    /// <exception cref="MedicalGptException">They do not.</exception>
    public static List<Message> Ordered(DataRow row, List<Message> messages)
    {
        Message? before = null;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Role == Roles.System)
                continue;
            if (before is null ? messages[i].Role == Roles.Assistant : IsRepeated(before, messages[i]))
                throw new MedicalGptException(before is null ? "The dialogue begins with the assistant, so what it answers is missing." : $"Two turns of the {before.Role} stand in a row, so one speaker is wrong or a turn is missing.")
                {
                    Place = $"{row.Origin}, turn {i + 1}",
                    Given = before is null ? Shown(messages[i]) : $"{Shown(before)}, then {Shown(messages[i])}",
                    Allowed = "user and assistant in turns, the user first; system turns and calls and results of tools between",
                    Remedy = before is null ? "put the question before it, or remove the turn" : "correct the speaker, or join the two turns into one",
                };
            before = messages[i];
        }

        return messages;
    }

    private static bool IsRepeated(Message before, Message turn) => before.Role == turn.Role && turn.Role switch
    {
        Roles.User => before.Name == turn.Name,
        Roles.Assistant => before.ToolCallsJson is null && turn.ToolCallsJson is null,
        _ => false,
    };

    /// <summary>Turns of a whole dialogue, behind the column system; a history has no place before them.</summary>
    /// <exception cref="MedicalGptException">There is a history, or another system turn.</exception>
    public static List<Message> Dialogue(DataRow row, List<Message> messages)
    {
        if (row.IsList("history") && row.Get("history").GetArrayLength() > 0)
            throw new MedicalGptException("A history stands beside turns, so it is not clear what was said when.") { Place = row.Origin.ToString(), Given = $"\"{row.Column("history")}\": {DataRow.Short(row.Get("history"))}", Allowed = "a history beside a question that is text", Remedy = "write its rounds as the first turns, or remove the column" };
        return WithSystem(row, messages);
    }

    /// <summary>The turns of an alpaca row: the instruction and, on the next line, its input.</summary>
    public static List<Message> Alpaca(DataRow row)
    {
        var input = row.TextOrEmpty("input");
        return Question(row, string.IsNullOrWhiteSpace(input) ? row.FilledText("instruction") : $"{row.Text("instruction")}\n{input}".Trim('\n'));
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
    /// <exception cref="MedicalGptException">They have another one, or the columns system and system_prompt differ.</exception>
    public static List<Message> WithSystem(DataRow row, List<Message> messages)
    {
        var columns = new[] { "system_prompt", "system" }.Where(field => row.Has(field) && !string.IsNullOrWhiteSpace(row.Text(field))).ToList();
        if (columns.Count == 0)
            return messages;
        var system = row.Text(columns[0]);
        if (columns.Count > 1 && row.Text(columns[1]).Trim() != system.Trim())
            throw Differing(row, $"\"{row.Column(columns[0])}\": \"{DataRow.Short(system)}\", \"{row.Column(columns[1])}\": \"{DataRow.Short(row.Text(columns[1]))}\"");
        if (messages[0].Role != Roles.System)
            return [new Message(Roles.System, system), .. messages];
        return messages[0].Content.Trim() == system.Trim() ? messages : throw Differing(row, $"\"{row.Column(columns[0])}\": \"{DataRow.Short(system)}\", the first turn: \"{DataRow.Short(messages[0].Content)}\"");
    }

    /// <summary>A turn in an error message.</summary>
    public static string Shown(Message turn) => $"{turn.Role}: \"{DataRow.Short(turn.ToolCallsJson ?? turn.Content)}\"";

    private static MedicalGptException Differing(DataRow row, string given) =>
        new("The row has two different system turns.") { Place = row.Origin.ToString(), Given = given, Allowed = "one, or twice the same", Remedy = "keep the one that is meant" };

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
