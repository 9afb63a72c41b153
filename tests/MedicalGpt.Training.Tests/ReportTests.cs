using System.Xml.Linq;

namespace MedicalGpt.Training.Tests;

public sealed class ReportTests
{
    [Fact]
    public void A_chart_is_well_formed_and_puts_points_where_they_belong()
    {
        var svg = SvgChart.Draw("a <b>", [("train", [new MetricPoint(0, 1), new MetricPoint(10, 3)]), ("held out", [new MetricPoint(5, 2)])]);

        var root = XElement.Parse(svg);
        root.Attribute("aria-label")!.Value.ShouldBe("a <b>");

        // The frame is x 52 … 350 and y 166 … 26: the middle of both ranges is (201, 96).
        root.Elements("polyline").Select(l => l.Attribute("points")!.Value.Trim()).ShouldBe(["52,166 350,26", "201,96"]);
    }

    [Theory]
    [InlineData("\"reward\":2.5,\"kl_coef\":0.1", 2.0, "reward hacking?", "the mean reward 2.5 is above the threshold 2; read samples, and raise the KL coefficient (from 0.1 to 0.15)")]
    [InlineData("\"objective/kl\":12,\"objective/kl_coef\":0.05", null, "divergence", "the KL to the reference is 12 (limit 10); lower the learning rate or raise the KL coefficient (from 0.05 to 0.075)")]
    [InlineData("\"reward_std\":0.05", null, "stagnation", "the rewards of a group hardly differ (standard deviation 0.05, floor 0.1): either the task is solved or exploration has stopped; try a higher temperature, more generations or harder prompts")]
    public void Rules_of_thumb_name_value_limit_and_remedy(string metrics, double? threshold, string rule, string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("run.json"), "{\"stage\":\"ppo\"}");
        File.WriteAllText(folder.At("metrics.jsonl"), $"{{\"step\":1,{metrics}}}\n");
        var finding = RunDiagnosis.Look(RunLog.Read(new RunDirectory(folder.Path)), threshold).ShouldHaveSingleItem();
        finding.ShouldBe(new Finding(rule, text));
    }

    [Fact]
    public void A_rising_held_out_loss_is_overfitting()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("run.json"), "{\"stage\":\"sft\"}");
        File.WriteAllLines(folder.At("metrics.jsonl"), new[] { 2.0, 1.5, 1.8 }.Select((v, i) => FormattableString.Invariant($"{{\"step\":{i + 1},\"eval_loss\":{v}}}")));
        RunDiagnosis.Look(RunLog.Read(new RunDirectory(folder.Path))).Single().Text.ShouldBe("the held-out loss was lowest after update 2 (1.5) and has risen to 1.8; train less, or on more rows");
    }

    [Fact]
    public async Task A_pipeline_page_has_the_table_the_runs_and_their_answers()
    {
        using var folder = new TemporaryFolder();
        await Runs.RunAsync(Runs.Online(Runs.Options(folder.At("grpo"), r => r with { MaxSteps = 4 }), Runs.Prompts(8)));
        PipelineReport.Write(
            folder.At("report.html"),
            "Quickstart <1>",
            [new PipelineRow("grpo", "answers with threes", "reward", 0.25, 0.5, 12.34, 250_000_000, folder.At("grpo")), new PipelineRow("compare", "", "accuracy", null, 0.9, 1, 0, folder.At("none"))],
            ["0 of 8 held-out prompts occur in training files"]);

        var page = await File.ReadAllTextAsync(folder.At("report.html"));
        page.ShouldContain("<h1>Quickstart &lt;1&gt;</h1>");
        page.ShouldContain("<td class=\"n\">0.25</td><td class=\"n\">0.5</td><td class=\"n\">12.3 s</td><td class=\"n\">250 MB</td>");
        page.ShouldContain("aria-label=\"reward\"");
        page.ShouldContain("<th>expected</th>");
        page.ShouldNotContain("<script");
        File.Exists(folder.At("grpo/report.html")).ShouldBeTrue();
    }
}
