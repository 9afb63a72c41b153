using MedicalGpt.Data;

namespace MedicalGpt.Medical.Tests;

public sealed class PromptOverlapTests
{
    [Theory]
    [InlineData("Convert 2 g to mg.", "convert 2 G to mg", true)]
    [InlineData("potassium 6.1: low?", "Potassium ６.１ low", true)]
    [InlineData("potassium 6.1: low?", "potassium 61: low?", false)]
    [InlineData("What is gout?", "What is  gout", true)]
    [InlineData("What is gout?", "What is a gout?", false)]
    public void Prompts_are_compared_after_normalisation(string heldOut, string training, bool found) =>
        PromptOverlap.Find([Asked(heldOut)], [Asked(training)]).ShouldBe(found ? [heldOut] : []);

    [Theory]
    [InlineData("2 L = ? mL", "Exam. 2 L = ? mL: 2000", true)]
    [InlineData("2 L = ? mL", "0.2 L = ? mL: 200", false)]
    [InlineData("2 L = ? mL", "12 L = ? mL; 2 L = ? mL", true)]
    public void Plain_text_is_searched_for_the_prompt(string heldOut, string training, bool found) =>
        PromptOverlap.Find([Asked(heldOut)], [new PlainText(training)]).ShouldBe(found ? [heldOut] : []);

    [Fact]
    public void Conversations_and_pairs_count_by_their_prompt()
    {
        Message user = new(Roles.User, "What is gout?");
        Example[] training = [new Conversation([user, new Message(Roles.Assistant, "Answer: arthritis")])];
        PromptOverlap.Find([new PreferencePair([user], "a", "b")], training).ShouldBe(["What is gout?"]);
    }

    private static Prompt Asked(string text) => new([new Message(Roles.User, text)], new Dictionary<string, string>());
}
