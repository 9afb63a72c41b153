using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Randomness;

namespace MedicalGpt.Datasets.Medical.Questions;

/// <summary>
/// Every question with its split. The splits hang on the tables alone, not on the seed: whatever seeds two stages use,
/// what one holds out the other has never seen.
/// </summary>
internal sealed class QuestionBank
{
    /// <summary>Wordings in which a value-held-out training fact is asked; the many values need no more.</summary>
    private const int WordingsPerValue = 3;

    private readonly Dictionary<string, List<Question>> _bySplit = Splits.All.ToDictionary(split => split, _ => new List<Question>());

    public QuestionBank(IReadOnlyList<Language> languages)
    {
        Phrasings = new Phrasings();
        Facts = [.. languages.SelectMany(FactTables.Read)];
        foreach (var fact in Facts)
            foreach (var question in Assign(fact))
                _bySplit[question.Split].Add(question);
    }

    public Phrasings Phrasings { get; }

    /// <summary>All facts, in table order.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The questions of a split, in table order.</summary>
    public IReadOnlyList<Question> Of(string split) => _bySplit[split];

    /// <summary>The split of a whole fact: a sixth of the values each to validation and test, everything else is trained on.</summary>
    public static string SplitOf(Fact fact) => fact.ValueKey is not { } key ? Splits.Train : SplitMix64.Stream(0, "value|" + key).Below(6) switch
    {
        0 => Splits.Test,
        1 => Splits.Validation,
        _ => Splits.Train,
    };

    private IEnumerable<Question> Assign(Fact fact)
    {
        var wordings = Phrasings.Questions(fact).ToList();
        SplitMix64.Stream(0, "wordings|" + fact.Id).Shuffle(wordings);
        if (fact.ValueKey is not null)
        {
            var split = SplitOf(fact);
            return wordings.Take(WordingsPerValue).Select(text => new Question(fact, text, split));
        }

        return wordings.Select((text, i) => new Question(fact, text, i switch { 0 => Splits.Test, 1 => Splits.Validation, _ => Splits.Train }));
    }
}
