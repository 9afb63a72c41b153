using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Data;

namespace MedicalGpt.Host.Tests.Commands;

/// <summary>What <c>data check</c> counts and finds.</summary>
public sealed class DataCheckTests
{
    [Theory]
    [InlineData("sft", "sft", ExampleKind.Conversation)]
    [InlineData("reward:preference", "reward", ExampleKind.Preference)]
    [InlineData("data/a.jsonl:prompt", "data/a.jsonl", ExampleKind.Prompt)]
    [InlineData("corpus.txt", "corpus.txt", ExampleKind.Text)]
    public void A_source_names_its_kind(string text, string name, ExampleKind kind) => RowSource.Parse(text).ShouldBe(new RowSource(name, kind));

    [Fact]
    public void An_unknown_kind_names_the_nearest() =>
        Should.Throw<MedicalGptException>(() => RowSource.Parse("a:preferense")).ToBlock()
            .ShouldBe("error: A source of rows has an unknown kind.\n  given:   a:preferense\n  allowed: NAME:text, NAME:conversation, NAME:preference or NAME:prompt\n  remedy:  did you mean 'a:preference'?");

    [Fact]
    public void Leaks_are_counted_once_and_named_by_source()
    {
        var sft = new RowSource("sft", ExampleKind.Conversation);
        var text = new RowSource("text", ExampleKind.Text);
        IReadOnlyList<Example> dialogues = [Dialogue("What is gout?", "Arthritis."), Dialogue("What is asthma?", "A disease.")];
        IReadOnlyList<Example> lines = [new PlainText("A book asks: what is gout? It is arthritis.")];
        IReadOnlyList<Example> held = [Asked("What is  GOUT?"), Asked("what is gout"), Asked("What is a stroke?")];
        var check = DataCheck.Run([(sft, dialogues), (text, lines)], [(new RowSource("prompts", ExampleKind.Prompt), held)]);
        check.HeldOutPrompts.ShouldBe(2);
        check.OverlapCount.ShouldBe(1);
        check.Sources.Select(source => source.Overlap.Count).ShouldBe([1, 1]);
        check.Lines().Last().ShouldBe("1 of 2 held-out prompts occur in any stage's rows");
        // "What is gout?" 13, "Arthritis." 10, "What is asthma?" 15, "A disease." 10.
        check.Lines().First().ShouldBe("sft: 2 conversation rows, 48 characters, 1 held-out prompts occur in them");
    }

    [Fact]
    public void Pairs_come_with_what_length_alone_tells()
    {
        var source = new RowSource("reward", ExampleKind.Preference);
        Message[] prompt = [new(Roles.User, "Dose?")];
        IReadOnlyList<Example> pairs = [new PreferencePair(prompt, "five", "six"), new PreferencePair(prompt, "seven", "ten"), new PreferencePair(prompt, "two", "three"), new PreferencePair(prompt, "eight", "one")];
        var check = DataCheck.Run([(source, pairs)], []);
        // The longer answer is the chosen one in three of four.
        check.Sources[0].Baselines!.LengthOnly.ShouldBe(0.75);
        check.IsClean.ShouldBeTrue();
    }

    private static Conversation Dialogue(string question, string answer) => new([new Message(Roles.User, question), new Message(Roles.Assistant, answer)]);

    private static Prompt Asked(string question) => new([new Message(Roles.User, question)], new Dictionary<string, string>());
}
