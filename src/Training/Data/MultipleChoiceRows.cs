using System.Text;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>
/// Reads multiple-choice rows (CMExam, MedQA, MedMCQA, MMLU …): the prompt lists the options and asks for letters, <c>answer</c> is the letter (letters where several are right) and <c>answer_text</c> the option.
/// </summary>
internal static class MultipleChoiceRows
{
    /// <summary>Reads a row with question, options (an object of letters, or a list) and answer or answer_idx.</summary>
    public static Prompt Read(DataRow row)
    {
        var options = Options(row);
        var letters = Letters(row, options);
        var text = new StringBuilder(row.FilledText("question"));
        foreach (var (letter, option) in options)
            text.Append('\n').Append(letter).Append(". ").Append(option);
        text.Append(Wording.IsChinese(row.Text("question")) ? "\n请只回答正确选项的字母。" : "\nAnswer with the letter of the correct option only.");
        var reference = row.Others("question", "answer", "answer_idx", "system", "system_prompt", "history");
        reference["answer"] = letters;
        reference["answer_text"] = string.Join("; ", letters.Select(l => options.First(o => o.Letter == l.ToString()).Text));
        return new Prompt(Turns.WithSystem(row, [new Message(Roles.User, text.ToString())]), reference);
    }

    private static List<(string Letter, string Text)> Options(DataRow row)
    {
        var options = row.Get("options");
        var read = new List<(string Letter, string Text)>();
        if (options.ValueKind == JsonValueKind.Object)
        {
            foreach (var option in options.EnumerateObject())
                if (option.Value.ValueKind != JsonValueKind.Null)
                    read.Add((option.Name.Trim().ToUpperInvariant(), Option(row, option.Value)));
        }
        else if (options.ValueKind == JsonValueKind.Array)
        {
            foreach (var option in options.EnumerateArray())
                read.Add((((char)('A' + read.Count)).ToString(), Option(row, option)));
        }

        var valid = read.Count is > 1 and <= 26 && read.TrueForAll(o => o.Letter is [>= 'A' and <= 'Z']) && read.DistinctBy(o => o.Letter).Count() == read.Count;
        return valid ? read : throw row.Wrong("options", "2 to 26 options, as {\"A\": \"…\", \"B\": \"…\"} or a list of strings");
    }

    private static string Option(DataRow row, JsonElement option) =>
        option.ValueKind == JsonValueKind.String ? option.GetString()!.Trim() : throw row.Wrong("options", "options that are strings");

    private static string Letters(DataRow row, List<(string Letter, string Text)> options)
    {
        var field = row.Has("answer_idx") ? "answer_idx" : "answer";
        var value = row.Get(field);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var index) && index >= 0 && index < options.Count)
            return options[index].Letter;
        var answer = row.Text(field).Trim();
        var letters = string.Concat(answer.ToUpperInvariant().Where(char.IsAsciiLetterUpper).Distinct().Order());
        if (answer.All(c => char.IsAsciiLetter(c) || c is ' ' or ',') && letters.Length > 0 && letters.All(l => options.Exists(o => o.Letter[0] == l)))
            return letters;
        var exact = options.FindIndex(o => o.Text == answer);
        return exact >= 0 ? options[exact].Letter : throw row.Wrong(field, $"letters of the options ({string.Join(", ", options.Select(o => o.Letter))}) or the text of one");
    }
}
