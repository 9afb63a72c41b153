using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Questions;
using MedicalGpt.Datasets.Medical.Randomness;

namespace MedicalGpt.Datasets.Medical.Stages;

/// <summary>
/// Sentences that state the facts, and lines as in a book of exam questions (training wordings with the answer). Of each fact's statements one
/// is held out, for validation or for test.
/// </summary>
internal static class PretrainRows
{
    /// <summary>Exam lines of a fact.</summary>
    private const int ExamLinesPerFact = 2;

    public static IEnumerable<Example> Make(StageInput input)
    {
        var lines = Statements(input).ToList();
        if (input.Split == Splits.Train)
            lines.AddRange(ExamLines(input));
        SplitMix64.Stream(input.Split == Splits.Train ? input.Seed : 0, $"pretrain|{input.Split}").Shuffle(lines);
        var size = input.Split == Splits.Train ? input.Size : input.HeldOutSize;
        return lines.Take(size == 0 ? lines.Count : size).Select(line => new PlainText(line));
    }

    private static IEnumerable<string> Statements(StageInput input)
    {
        foreach (var fact in input.Bank.Facts)
        {
            var texts = input.Bank.Phrasings.Statements(fact).ToList();
            var random = SplitMix64.Stream(0, "statements|" + fact.Id);
            random.Shuffle(texts);
            if (input.Split == Splits.Train)
                foreach (var text in texts.Skip(1))
                    yield return text;
            else if (input.Split == (random.Below(2) == 0 ? Splits.Validation : Splits.Test))
                yield return texts[0];
        }
    }

    private static IEnumerable<string> ExamLines(StageInput input) =>
        from question in input.Bank.Of(Splits.Train)
        group question by question.Fact.Id into wordings
        from question in wordings.Take(ExamLinesPerFact)
        select question.Text + (question.Fact.Language == Language.English ? " " : "") + question.Fact.Answer + (question.Fact.Language == Language.English ? "." : "。");
}
