namespace MedicalGpt.Generators.Tests;

/// <summary>The generated text, reviewed like code. To renew it after a wanted change, run the tests with MEDGPT_RENEW=1.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Generated_code_is_what_was_reviewed()
    {
        var path = Path.Combine(Repository.Root, "tests/MedicalGpt.Generators.Tests/Snapshots/DpoOptions.g.txt");
        var text = GeneratorRun.Generated(Sources.Dpo);
        if (Environment.GetEnvironmentVariable("MEDGPT_RENEW") == "1")
            File.WriteAllText(path, text);
        text.ShouldBe(File.ReadAllText(path));
    }
}
