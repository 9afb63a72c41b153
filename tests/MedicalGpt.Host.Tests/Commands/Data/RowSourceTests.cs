using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Data;

namespace MedicalGpt.Host.Tests.Commands.Data;

public sealed class RowSourceTests
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
            .ShouldBe("error: A source of rows has an unknown kind.\n  given:   a:preferense\n  allowed: NAME:text, NAME:conversation, NAME:preference, NAME:unpaired or NAME:prompt\n  remedy:  did you mean 'a:preference'?");
}
