namespace MedicalGpt.EndToEnd.Tests.Pipelines;

/// <summary>The recipe on published data with a real tokenizer, where both lie beside the repository.</summary>
public sealed class RealDataRecipeTests
{
    [RealDataFact]
    [Trait("Category", "Long")]
    public async Task Runs_every_stage()
    {
        using var folder = new TemporaryFolder();
        var run = await Medgpt.RunAsync(
            "run",
            Path.Combine(Medgpt.Root, "recipes", "medicalgpt-data.yaml"),
            "--data",
            Path.Combine(RealDataFactAttribute.Shared, "data"),
            "--tokenizer",
            Path.Combine(RealDataFactAttribute.Shared, "tokenizers", "qwen2.5"),
            "--output-dir",
            folder["out"],
            "--steps",
            "2");
        run.ShouldSucceed();
        foreach (var stage in new[] { "pt", "sft-merged", "rm-merged", "ppo", "dpo", "orpo", "grpo-merged" })
            Directory.Exists(Path.Combine(folder["out"], stage)).ShouldBeTrue(stage);
        File.Exists(Path.Combine(folder["out"], "report.html")).ShouldBeTrue();
    }

    /// <summary>A test that needs others' data beside the repository; skipped, with the reason, where there is none.</summary>
    private sealed class RealDataFactAttribute : FactAttribute
    {
        public RealDataFactAttribute()
        {
            if (!Directory.Exists(Path.Combine(Shared, "data", "medicalgpt")))
                Skip = $"others' data are not at {Path.Combine(Shared, "data")}";
        }

        public static string Shared { get; } = Path.GetFullPath(Path.Combine(Medgpt.Root, "..", "shared"));
    }
}
