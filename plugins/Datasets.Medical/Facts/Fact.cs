namespace MedicalGpt.Datasets.Medical.Facts;

/// <summary>One thing to know, in one language.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Language">Language of fields and answer.</param>
/// <param name="Fields">What fills {0}, {1}, {2} of a phrasing.</param>
/// <param name="Answer">The one right answer.</param>
/// <param name="AnswerGroup">Answers of facts with the same kind, language and group are plausible wrong answers for each other.</param>
internal sealed record Fact(
    string Kind, Language Language, IReadOnlyList<string> Fields, string Answer, string AnswerGroup)
{
    /// <summary>Names the fact for random streams: unaffected by other rows of the tables.</summary>
    public string Id => $"{Kind}|{Language.Code}|{string.Join('|', Fields)}";
}
