using MedicalGpt.Datasets.Medical.Facts;

namespace MedicalGpt.Datasets.Medical.Questions;

/// <summary>The wordings of questions and statements, by kind and language.</summary>
internal sealed class Phrasings
{
    private readonly ILookup<string, string> _texts = Table.Read("phrasings")
        .ToLookup(row => Key(row["kind"], row["language"], row["form"]), row => row["text"], StringComparer.Ordinal);

    /// <summary>Question wordings for a fact.</summary>
    public IReadOnlyList<string> Questions(Fact fact) => [.. _texts[Key(fact.Kind, fact.Language.Code, "question")].Select(text => Fill(text, fact))];

    /// <summary>Statement wordings for a fact.</summary>
    public IReadOnlyList<string> Statements(Fact fact) => [.. _texts[Key(fact.Kind, fact.Language.Code, "statement")].Select(text => Fill(text, fact))];

    private static string Key(string kind, string language, string form) => $"{kind}/{language}/{form}";

    private static string Fill(string text, Fact fact)
    {
        for (var i = 0; i < fact.Fields.Count; i++)
            text = text.Replace($"{{{i}}}", fact.Fields[i], StringComparison.Ordinal);
        return text.Replace("{a}", fact.Answer, StringComparison.Ordinal);
    }
}
