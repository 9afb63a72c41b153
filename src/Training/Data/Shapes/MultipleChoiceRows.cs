using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>
/// Reads multiple-choice rows (CMExam, MedQA, MedMCQA, MMLU …): the prompt lists the options and asks for letters, <c>answer</c> is the letter (letters where several are right) and <c>answer_text</c> the option.
/// </summary>
internal static partial class MultipleChoiceRows
{
    /// <summary>The columns in which options stand one by one.</summary>
    public static readonly string[][] InColumns = [["A", "B", "C", "D", "E", "F"], ["opa", "opb", "opc", "opd", "ope"], ["option_a", "option_b", "option_c", "option_d", "option_e"]];
    private static readonly string[] OtherNames = ["choices", "option", "candidates", "选项"];
    private static readonly string[] Answers = ["answer_idx", "answer_number", "cop", "answer"];

    /// <summary>Whether a row is multiple choice: options in one column or in columns of their own, and an answer.</summary>
    public static bool Is(DataRow row) => row.Has("question") && (row.Has("options") || Columns(row) is not null) && Array.Exists(Answers, row.Has);

    /// <summary>Checks that a question is not asked without the options that its answer, a letter, names: they stand in a column of another name.</summary>
    /// <exception cref="MedicalGptException">They do.</exception>
    public static void RequireOptions(DataRow row)
    {
        if (row.Has("options") || !row.IsText("answer") || row.Text("answer").Trim() is not { Length: > 0 and <= 3 } answer || Array.Find(OtherNames, row.Has) is not { } other)
            return;
        var options = row.Get(other);
        List<JsonElement> listed = options.ValueKind switch { JsonValueKind.Array => [.. options.EnumerateArray()], JsonValueKind.Object => [.. options.EnumerateObject().Select(option => option.Value)], _ => [] };
        var count = listed.Count;
        // A question may list its options itself.
        var asked = row.IsText("question") ? row.Text("question") : "";
        if (listed.TrueForAll(option => option.ValueKind == JsonValueKind.String && asked.Contains(option.GetString()!, StringComparison.Ordinal)))
            return;
        if (count > 1 && answer.ToUpperInvariant().All(letter => letter >= 'A' && letter < 'A' + count))
            throw new MedicalGptException("The answer is a letter of options that would not be read.")
            {
                Place = row.Origin.ToString(),
                Given = $"\"{row.Column("answer")}\": {DataRow.Short(row.Get("answer"))}, \"{row.Column(other)}\": {DataRow.Short(options)}",
                Allowed = "multiple choice with its options in the column options",
                Remedy = $"name their column: {row.Advice($"--columns.options={row.Column(other)}")}",
            };
    }

    /// <summary>The columns that make a row with options in columns multiple choice.</summary>
    public static IEnumerable<string> Because(DataRow row) => [row.Column("question"), .. (Columns(row) ?? []).Where(row.Has).Select(row.Column)];

    /// <summary>Reads a row with question, options (an object of letters, or a list) and answer or answer_idx.</summary>
    public static Prompt Read(DataRow row)
    {
        var options = Options(row);
        var letters = Letters(row, options);
        var text = new StringBuilder(row.FilledText("question"));
        foreach (var (letter, option) in options)
            text.Append('\n').Append(letter).Append(". ").Append(option);
        text.Append(Wording.IsChinese(row.Text("question")) ? "\n请只回答正确选项的字母。" : "\nAnswer with the letter of the correct option only.");
        var reference = row.Others("question", "answer", "answer_idx", "answer_number", "cop", "system", "system_prompt", "history");
        reference["answer"] = letters;
        reference["answer_text"] = string.Join("; ", letters.Select(l => options.First(o => o.Letter == l.ToString()).Text));
        return new Prompt(Turns.Question(row, text.ToString()), reference);
    }

    private static string[]? Columns(DataRow row) => Array.Find(InColumns, columns => row.Has(columns[0]) && row.Has(columns[1]));

    private static List<(string Letter, string Text)> Options(DataRow row)
    {
        var options = row.Get("options");
        var read = new List<(string Letter, string Text)>();
        if (options.ValueKind == JsonValueKind.Object)
        {
            foreach (var option in options.EnumerateObject())
                if (option.Value.ValueKind != JsonValueKind.Null && !option.Value.ValueEquals(""))
                    read.Add((option.Name.Trim().ToUpperInvariant(), Option(row, option.Value)));
        }
        else if (options.ValueKind == JsonValueKind.Array)
        {
            foreach (var option in options.EnumerateArray())
                read.Add(Listed(row, option, read.Count));
            read = WithOwnLetters(read);
        }
        else if (options.ValueKind == JsonValueKind.String)
        {
            var text = options.GetString()!.Replace("\\n", "\n", StringComparison.Ordinal);
            foreach (Match line in OptionLine().Matches(text))
                read.Add((line.Groups["letter"].Value, line.Groups["text"].Value.Trim()));
            if (OptionLine().Replace(text, "").Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.TrimEnd('.', '．', '、', ':', '：', ')', '）').Length > 1) is { } rest)
                throw new MedicalGptException("A line of the options has no letter, so it is not clear which option it is.") { Place = row.Origin.ToString(), Given = DataRow.Short(rest), Allowed = "lines such as A … or A. …", Remedy = "write a letter before each option, each on one line; or give a list of strings" };
        }
        else if (Columns(row) is { } columns)
        {
            // A column keeps its letter where one before it is empty.
            for (var i = 0; i < columns.Length; i++)
                if (row.Has(columns[i]) && !(row.IsText(columns[i]) && row.Text(columns[i]).Length == 0))
                    read.Add((((char)('A' + i)).ToString(), Option(row, row.Get(columns[i]))));
        }

        var valid = read.Count is > 1 and <= 26 && read.TrueForAll(o => o.Letter is [>= 'A' and <= 'Z']) && read.DistinctBy(o => o.Letter).Count() == read.Count;
        return valid ? read : throw row.Wrong("options", "2 to 26 options, as {\"A\": \"…\", \"B\": \"…\"}, a list of strings, or lines such as A …");
    }

    // Strings that bring their letters (A. …) would else be listed with two.
    private static List<(string Letter, string Text)> WithOwnLetters(List<(string Letter, string Text)> read)
    {
        var own = read.ConvertAll(option => LetteredOption().Match(option.Text));
        return own.TrueForAll(match => match.Success) && own.DistinctBy(match => match.Groups["letter"].Value).Count() == own.Count ? own.ConvertAll(match => (match.Groups["letter"].Value, match.Groups["text"].Value.Trim())) : read;
    }

    // A list of strings, or of {"key": "A", "value": "…"}.
    private static (string Letter, string Text) Listed(DataRow row, JsonElement option, int index) =>
        option.ValueKind == JsonValueKind.Object && option.TryGetProperty("key", out var key) && option.TryGetProperty("value", out var value) && key.ValueKind == JsonValueKind.String
            ? (key.GetString()!.Trim().ToUpperInvariant(), Option(row, value))
            : (((char)('A' + index)).ToString(), Option(row, option));

    private static string Option(DataRow row, JsonElement option) =>
        option.ValueKind == JsonValueKind.String ? option.GetString()!.Trim() : throw row.Wrong("options", "options that are strings");

    private static string Letters(DataRow row, List<(string Letter, string Text)> options)
    {
        var there = Array.FindAll(Answers, row.Has);
        List<string> said = [.. Array.Exists(there, row.IsMapped) ? there.Where(row.IsMapped) : there];
        var letters = said.ConvertAll(field => Letters(row, field, options));
        // Two options may have one text, and a text may be a letter.
        var first = options.Find(option => option.Letter == letters[0]).Text;
        var other = Enumerable.Range(0, said.Count).FirstOrDefault(i => letters[i] != letters[0] && !(row.IsText(said[i]) && row.Text(said[i]).Trim() == first), -1);
        return other < 0 ? letters[0] : throw new MedicalGptException("The row says twice which option is right, and not the same.")
        {
            Place = row.Origin.ToString(),
            Given = $"\"{row.Column(said[0])}\": {DataRow.Short(row.Get(said[0]))} (option {letters[0]}), \"{row.Column(said[other])}\": {DataRow.Short(row.Get(said[other]))} (option {letters[other]})",
            Allowed = "one answer, or twice the same",
            Remedy = $"correct the row; where one of the columns counts otherwise or is something else, say which is meant: {row.Advice($"--columns.{said[0]}={row.Column(said[other])}")}",
        };
    }

    private static string Letters(DataRow row, string field, List<(string Letter, string Text)> options)
    {
        var value = row.Get(field);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var index) && (index -= field == "answer_number" ? 1 : 0) >= 0 && index < options.Count)
            return options[index].Letter;
        var answer = row.IsText(field) ? row.Text(field).Trim() : throw NoOption(row, field, options);
        var exact = options.FindIndex(o => o.Text == answer);
        if (exact >= 0 && answer.Length > 1) // CAD may be an option's text: it is not C, A and D then
            return options[exact].Letter;
        var letters = answer.ToUpperInvariant().Where(char.IsAsciiLetterUpper).Order().ToArray();
        if (answer.All(c => char.IsAsciiLetter(c) || c is ' ' or ',') && letters.Length > 0 && letters.Distinct().Count() == letters.Length && letters.All(l => options.Exists(o => o.Letter[0] == l)))
            return new string(letters);
        return exact >= 0 ? options[exact].Letter : throw NoOption(row, field, options);
    }

    private static MedicalGptException NoOption(DataRow row, string field, List<(string Letter, string Text)> options) => new("The answer is none of the options.")
    {
        Place = row.Origin.ToString(),
        Given = $"\"{row.Column(field)}\": {DataRow.Short(row.Get(field))}",
        Allowed = $"letters of the options ({string.Join(", ", options.Select(o => o.Letter))}), the text of one, or its number (answer_idx, cop and answer from 0, answer_number from 1)",
        Remedy = $"correct the row or leave it out; where another column holds the answer, name it: {row.Advice($"--columns.{field}=COLUMN")}",
    };

    [GeneratedRegex(@"^[(（]?(?<letter>[A-Z])\s*[.．、:：)）]\s*(?<text>\S.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex LetteredOption();

    [GeneratedRegex(@"^\s*(?<letter>[A-Z])\s*[.．、:：)）\s]\s*(?<text>\S[^\n]*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex OptionLine();
}
