using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical.Facts;

namespace MedicalGpt.Datasets.Medical.Stages;

/// <summary>
/// Questions with short answers from two sources. Dose, unit and abbreviation rows state the answer. Rows of the <see cref="Kinds.Hedged"/>
/// kinds come mostly from a source that names two possibilities, the right one first in three of five rows, as in a differential diagnosis; the rest states the answer.
/// So SFT teaches the format and the facts but not to decide, and rewards have something to teach.
/// </summary>
internal static class SftRows
{
    /// <summary>Share of hedging rows in the hedged kinds.</summary>
    public const double HedgeShare = 0.75;

    /// <summary>Share of hedging rows that name the right answer first.</summary>
    public const double RightFirstShare = 0.6;

    public static IEnumerable<Example> Make(StageInput input)
    {
        var wrong = new WrongAnswers(input.Bank.Facts);
        foreach (var question in input.Questions)
        {
            var fact = question.Fact;
            var random = input.Random(question);
            var answer = fact.Language.Decisive(fact.Answer);
            if (Kinds.Hedged.Contains(fact.Kind) && random.Unit() < HedgeShare)
                answer = Hedge(fact, wrong.Draw(fact, random), random.Unit() < RightFirstShare);
            yield return new Conversation([new Message(Roles.User, question.Text), new Message(Roles.Assistant, answer)]);
        }
    }

    /// <summary>The right answer and another one, in either order.</summary>
    public static string Hedge(Fact fact, string other, bool rightFirst) =>
        rightFirst ? fact.Language.Hedge(fact.Answer, other) : fact.Language.Hedge(other, fact.Answer);
}
