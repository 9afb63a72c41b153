using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Randomness;

namespace MedicalGpt.Datasets.Medical.Stages;

/// <summary>
/// Plausible wrong answers: the answer of another fact of the same kind, language and group (class for class, chapter for chapter,
/// mg for mg). Drawn over facts, so an answer is rejected about as often as it is right and nothing but the question tells which it is.
/// </summary>
internal sealed class WrongAnswers(IEnumerable<Fact> facts)
{
    private readonly ILookup<string, string> _answers = facts.ToLookup(Key, fact => fact.Answer, StringComparer.Ordinal);

    /// <summary>A wrong answer to a fact's question.</summary>
    public string Draw(Fact fact, SplitMix64 random)
    {
        var candidates = _answers[Key(fact)].Where(answer => answer != fact.Answer).ToList();
        return candidates[random.Below(candidates.Count)];
    }

    private static string Key(Fact fact) => $"{fact.Kind}|{fact.Language.Code}|{fact.AnswerGroup}";
}
