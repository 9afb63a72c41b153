namespace MedicalGpt.Abstractions.Tests;

public sealed class MedicalGptExceptionTests
{
    [Fact]
    public void Block_has_a_line_for_each_known_part()
    {
        new MedicalGptException("Row has an empty answer.") { Place = "sft.jsonl:12", Given = "\"\"", Allowed = "a text", Remedy = "fill in or delete the row" }
            .ToBlock().ShouldBe("""
                error: Row has an empty answer.
                  place:   sft.jsonl:12
                  given:   ""
                  allowed: a text
                  remedy:  fill in or delete the row
                """);
        new MedicalGptException("No space left.").ToBlock().ShouldBe("error: No space left.");
    }

    [Fact]
    public void What_others_wrote_does_not_command_the_terminal() =>
        new MedicalGptException("Wrong.") { Given = "a\u001b[2Jb\r\u009bc\td\ne" }.ToBlock().ShouldBe("error: Wrong.\n  given:   a\uFFFD[2Jb\uFFFD\uFFFDc\td\ne");
}
