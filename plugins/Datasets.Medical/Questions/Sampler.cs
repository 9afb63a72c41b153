using MedicalGpt.Datasets.Medical.Randomness;

namespace MedicalGpt.Datasets.Medical.Questions;

/// <summary>Chooses and orders the questions of a stage's split.</summary>
internal static class Sampler
{
    /// <summary>Training questions, shuffled by the seed; the first <paramref name="size"/> of them (0 = all).</summary>
    public static IReadOnlyList<Question> Train(QuestionBank bank, int seed, string configuration, int size)
    {
        var questions = bank.Of(Splits.Train).ToList();
        SplitMix64.Stream(seed, "order|" + configuration).Shuffle(questions);
        return size == 0 ? questions : questions[..Math.Min(size, questions.Count)];
    }

    /// <summary>The same number of questions of every kind and language, in turn; the same for every seed and configuration.</summary>
    public static IReadOnlyList<Question> HeldOut(QuestionBank bank, string split, int size)
    {
        var groups = bank.Of(split).GroupBy(question => (question.Fact.Kind, question.Fact.Language.Code)).Select(group =>
        {
            var questions = group.ToList();
            SplitMix64.Stream(0, $"held-out|{split}|{group.Key}").Shuffle(questions);
            return questions;
        }).ToList();
        var each = Math.Max(1, size / groups.Count);
        return [.. Enumerable.Range(0, each).SelectMany(i => groups.Where(group => i < group.Count).Select(group => group[i]))];
    }
}
