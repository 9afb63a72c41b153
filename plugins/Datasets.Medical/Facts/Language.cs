namespace MedicalGpt.Datasets.Medical.Facts;

/// <summary>What differs between the two languages besides the tables.</summary>
internal sealed record Language(string Code, string AnswerMarker, string Or)
{
    public static readonly Language English = new("en", "Answer: ", " or ");

    public static readonly Language Chinese = new("zh", "答案：", "或");

    public static readonly IReadOnlyList<Language> All = [English, Chinese];

    /// <summary>The one answer in the format that the task asks for.</summary>
    public string Decisive(string answer) => AnswerMarker + answer;

    /// <summary>Two answers: what the task's reward refuses.</summary>
    public string Hedge(string first, string second) => AnswerMarker + first + Or + second;
}
