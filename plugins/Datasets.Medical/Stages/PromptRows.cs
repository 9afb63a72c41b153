using MedicalGpt.Data;

namespace MedicalGpt.Datasets.Medical.Stages;

/// <summary>Questions for online algorithms and for measuring accuracy, with the truth in the reference columns <c>answer</c>, <c>kind</c>, <c>language</c>.</summary>
internal static class PromptRows
{
    public static IEnumerable<Example> Make(StageInput input) =>
        from question in input.Questions
        let fact = question.Fact
        select new Prompt([new Message(Roles.User, question.Text)], new Dictionary<string, string>
        {
            ["answer"] = fact.Answer,
            ["kind"] = fact.Kind,
            ["language"] = fact.Language.Code,
        });
}
