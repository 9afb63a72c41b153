using MedicalGpt.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Rows that say two things of which only one could be learned.</summary>
public sealed class ContradictoryRowTests
{
    private const string Dialogues = """ "chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"r"},{"role":"assistant","content":"c"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"r"},{"role":"assistant","content":"d"}] """;

    [Theory]
    [InlineData(""" "x" """, "turn 1 is user: \"x\", there it is user: \"q\"")]
    [InlineData(""" [{"role":"user","content":"q"},{"role":"assistant","content":"b"},{"role":"user","content":"r"}] """, "turn 2 is assistant: \"b\", there it is assistant: \"a\"")]
    [InlineData(""" [{"role":"system","content":"s"},{"role":"user","content":"q"}] """, "turn 1 is system: \"s\", there it is user: \"q\"")]
    public async Task A_prompt_that_is_not_what_the_dialogues_begin_with(string prompt, string given) =>
        (await Rows.ErrorAsync($$"""{"prompt":{{prompt}},{{Dialogues}}}""", ExampleKind.Preference)).ShouldBe(
            $"error: \"prompt\" is not what the dialogues of \"chosen\" and \"rejected\" begin with.\n  place:   DIR/rows.jsonl:1\n  given:   {given}\n" +
            "  allowed: the turns before both answers, or the first or last of them\n  remedy:  correct the row, or remove the column \"prompt\" from it");

    [Theory]
    [InlineData(""" "q" """)]
    [InlineData(""" "r " """)]
    [InlineData(""" [{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"r"}] """)]
    public async Task A_prompt_that_is_or_a_part_of_it(string prompt)
    {
        var pair = (PreferencePair)await Rows.OneAsync($$"""{"prompt":{{prompt}},{{Dialogues}}}""", ExampleKind.Preference);
        (pair.Prompt.Count, pair.ChosenText, pair.RejectedText).ShouldBe((3, "c", "d"));
    }

    [Theory]
    [InlineData("""{"prompt":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"chosen":"c","rejected":"r"}""", ExampleKind.Preference, "prompt")]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"chosen":"c","rejected":"r"}""", ExampleKind.Preference, "messages")]
    [InlineData("""{"prompt":"\n\nHuman: q\n\nAssistant: a","chosen":"c","rejected":"r"}""", ExampleKind.Preference, "prompt")]
    [InlineData("""{"prompt":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"completion":"c","label":true}""", ExampleKind.Unpaired, "prompt")]
    [InlineData("""{"prompt":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"answer":"c"}""", ExampleKind.Prompt, "prompt")]
    public async Task A_prompt_that_ends_with_an_answer(string row, ExampleKind kind, string field) => (await Rows.ErrorAsync(row, kind)).ShouldBe(
        $"error: \"{field}\" ends with a turn of the assistant.\n  place:   DIR/rows.jsonl:1\n  given:   assistant: \"a\"\n  allowed: turns that end with the question: the answers to it stand in other columns\n" +
        "  remedy:  remove the last turn, or leave the row out");

    [Theory]
    [InlineData("""{"conversations":[{"from":"system","value":"s"},{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"system":"t"}""", ExampleKind.Conversation, "\"system\": \"t\", the first turn: \"s\"")]
    [InlineData("""{"question":"q","answer":"a","system":"s","system_prompt":"t"}""", ExampleKind.Conversation, "\"system_prompt\": \"t\", \"system\": \"s\"")]
    [InlineData("""{"prompt":[{"role":"system","content":"s"},{"role":"user","content":"q"}],"chosen":"c","rejected":"r","system":"t"}""", ExampleKind.Preference, "\"system\": \"t\", the first turn: \"s\"")]
    public async Task Two_system_turns_that_differ(string row, ExampleKind kind, string given) => (await Rows.ErrorAsync(row, kind)).ShouldBe(
        $"error: The row has two different system turns.\n  place:   DIR/rows.jsonl:1\n  given:   {given}\n  allowed: one, or twice the same\n  remedy:  keep the one that is meant");

    [Fact]
    public async Task The_same_system_turn_twice_is_one()
    {
        var row = (Conversation)await Rows.OneAsync("""{"conversations":[{"from":"system","value":"s"},{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"system":"s\n"}""", ExampleKind.Conversation);
        row.Messages.Select(m => m.Role).ShouldBe([Roles.System, Roles.User, Roles.Assistant]);
    }
}
