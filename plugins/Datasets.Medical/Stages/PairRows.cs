using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Questions;

namespace MedicalGpt.Datasets.Medical.Stages;

/// <summary>Pairs of a right answer and a plausible wrong one of the same kind and format; a few reject a hedge that holds the right answer.</summary>
internal static class PairRows
{
    /// <summary>Share of pairs that reject a hedge, among the hedged kinds (about one in fourteen of all pairs).</summary>
    public const double HedgeShare = 0.1;

    public static IEnumerable<Example> Make(StageInput input)
    {
        var wrong = new WrongAnswers(input.Bank.Facts);
        var draws = input.Split == Splits.Train ? input.PairsPerQuestion : 1;
        foreach (var (draw, question) in Enumerable.Range(0, draws).SelectMany(draw => input.Questions.Select(question => (draw, question))))
        {
            var fact = question.Fact;
            var random = input.Random(question, draw);
            var other = wrong.Draw(fact, random);
            var rejected = Kinds.Hedged.Contains(fact.Kind) && random.Unit() < HedgeShare
                ? SftRows.Hedge(fact, other, random.Unit() < SftRows.RightFirstShare)
                : fact.Language.Decisive(other);
            yield return new PreferencePair([new Message(Roles.User, question.Text)], fact.Language.Decisive(fact.Answer), rejected);
        }
    }
}
