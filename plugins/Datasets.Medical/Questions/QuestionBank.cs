using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Randomness;

namespace MedicalGpt.Datasets.Medical.Questions;

/// <summary>
/// Every question with its split: of the wordings of a fact one goes to test, one to validation and the others to training. The splits hang on the tables alone, not on the seed: whatever seeds two stages use,
/// what one holds out the other has never seen.
/// </summary>
internal sealed class QuestionBank
{
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

    /// <summary>Training wordings of a fact, at most: kinds with many values need fewer, so that no kind drowns the others.</summary>
    private static int TrainingWordings(Fact fact) => fact.Kind switch
    {
        Kinds.LabRange => 3,
        Kinds.Dose or Kinds.Unit => 4,
        _ => 6,
    };

    private IEnumerable<Question> Assign(Fact fact)
    {
        var wordings = Phrasings.Questions(fact).ToList();
        SplitMix64.Stream(0, "wordings|" + fact.Id).Shuffle(wordings);
        return wordings.Take(2 + TrainingWordings(fact)).Select((text, i) => new Question(fact, text, i switch { 0 => Splits.Test, 1 => Splits.Validation, _ => Splits.Train }));
    }
}
