using System.Text.RegularExpressions;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Reads dialogues that are one string with speakers before paragraphs, as Anthropic's HH-RLHF has them: <c>\n\nHuman: …\n\nAssistant: …</c>.</summary>
internal static partial class Transcripts
{
    /// <summary>Whether a field is such a dialogue.</summary>
    public static bool Is(DataRow row, string field) => row.IsText(field) && row.Text(field).AsSpan().TrimStart().StartsWith("Human:");

    /// <summary>The turns of a dialogue; an empty last turn, which only invites an answer, is left out.</summary>
    public static List<Message> Read(DataRow row, string field)
    {
        var text = row.Text(field);
        var speakers = Speaker().Matches(text);
        var turns = new List<Message>();
        for (var i = 0; i < speakers.Count; i++)
        {
            var end = i + 1 < speakers.Count ? speakers[i + 1].Index : text.Length;
            var said = text[(speakers[i].Index + speakers[i].Length)..end].Trim();
            turns.Add(new Message(speakers[i].Groups["who"].Value == "Human" ? Roles.User : Roles.Assistant, said));
        }

        if (turns is [.., { Content: "" }])
            turns.RemoveAt(turns.Count - 1);
        return turns.Count > 0 ? turns : throw row.Wrong(field, "turns such as \\n\\nHuman: …\\n\\nAssistant: …");
    }

    [GeneratedRegex(@"(?:^\s*|\n\n)(?<who>Human|Assistant):", RegexOptions.ExplicitCapture)]
    private static partial Regex Speaker();
}
