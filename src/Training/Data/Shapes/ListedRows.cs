using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Reads the layouts in which Huatuo's sets are published: turns as a plain list of strings, and lists of questions with lists of answers.</summary>
internal static class ListedRows
{
    private static readonly string[] Asking = ["问：", "问:"];
    private static readonly string[] Answering = ["答：", "答:"];

    /// <summary>Whether a field is a list of at least two strings.</summary>
    public static bool IsTexts(DataRow row, string field) =>
        row.IsList(field) && row.Get(field).GetArrayLength() > 1 && row.Get(field).EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    /// <summary>Turns in alternation, the first the user's; the marks 问： and 答： before them are left out.</summary>
    public static List<Message> Alternating(DataRow row, string field)
    {
        var texts = row.Get(field).EnumerateArray().Select(item => item.GetString()!.Trim()).ToList();
        string[] Others(int i) => i % 2 == 0 ? Answering : Asking;
        var other = Enumerable.Range(0, texts.Count).FirstOrDefault(i => WithoutMark(texts[i], Others(i)) != texts[i], -1);
        if (other >= 0)
            throw new MedicalGptException("A mark before a turn says that another speaks than its place in the list does.") { Place = $"{row.Origin}, {row.Column(field)}[{other}]", Given = DataRow.Short(texts[other]), Allowed = "questions and answers in turns, the question first", Remedy = "put the missing turn before it, or leave the row out" };
        return [.. texts.Select((text, i) => new Message(i % 2 == 0 ? Roles.User : Roles.Assistant, WithoutMark(text, i % 2 == 0 ? Asking : Answering)))];
    }

    /// <summary>The first question (of those that mean the same) and the first answer.</summary>
    public static List<Message> First(DataRow row) =>
        [.. Turns.Question(row, FirstText(row, "questions")), new Message(Roles.Assistant, FirstText(row, "answers"))];

    private static string FirstText(DataRow row, string field)
    {
        var value = row.Get(field);
        while (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
            value = value[0];
        return value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()) ? value.GetString()! : throw row.Wrong(field, "a list of strings, at least one");
    }

    private static string WithoutMark(string text, string[] marks) =>
        Array.Find(marks, mark => text.StartsWith(mark, StringComparison.Ordinal)) is { } found ? text[found.Length..].Trim() : text;
}
