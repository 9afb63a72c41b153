using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical;

namespace MedicalGpt.Medical.Tests;

public sealed class HeldOutTests
{
    [Fact]
    public async Task No_held_out_prompt_is_in_any_training_file_whatever_the_seeds()
    {
        var training = new List<Example>();
        foreach (var seed in new[] { 42, 7 })
            foreach (var (configuration, _) in DatasetUnderTest.Configurations)
                training.AddRange(await DatasetUnderTest.Rows(configuration, "train", new MedicalQuickstartOptions { QuickstartSeed = seed }));
        foreach (var split in new[] { "validation", "test" })
            foreach (var (configuration, _) in DatasetUnderTest.Configurations.Where(each => each.Kind != ExampleKind.Text))
            {
                var heldOut = await DatasetUnderTest.Rows(configuration, split, new MedicalQuickstartOptions { QuickstartHeldOutSize = 5000 });
                PromptOverlap.Find(heldOut, training).ShouldBeEmpty();
            }
    }

    [Fact]
    public async Task Validation_and_test_share_no_prompt()
    {
        var options = new MedicalQuickstartOptions { QuickstartHeldOutSize = 5000 };
        PromptOverlap.Find(await DatasetUnderTest.Rows("prompts", "test", options), await DatasetUnderTest.Rows("prompts", "validation", options)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Held_out_statements_are_not_in_the_training_text()
    {
        var training = (await DatasetUnderTest.Rows<PlainText>("pretrain", "train")).Select(row => row.Text).ToHashSet();
        foreach (var split in new[] { "validation", "test" })
            (await DatasetUnderTest.Rows<PlainText>("pretrain", split, new MedicalQuickstartOptions { QuickstartHeldOutSize = 5000 }))
                .ShouldAllBe(row => !training.Contains(row.Text));
    }

    [Fact]
    public async Task A_held_out_laboratory_value_is_never_rated_in_training_in_either_language()
    {
        var training = new HashSet<string>();
        foreach (var row in await DatasetUnderTest.Rows<Prompt>("prompts", "train"))
            training.Add(row.Messages[0].Content);
        var heldOut = (await DatasetUnderTest.Rows<Prompt>("prompts", "test", new MedicalQuickstartOptions { QuickstartHeldOutSize = 5000 }))
            .Where(row => row.Reference["kind"] == "lab-range" && row.Messages[0].Content.Contains("potassium", StringComparison.Ordinal));
        var values = heldOut.Select(row => System.Text.RegularExpressions.Regex.Match(row.Messages[0].Content, @"\d\.\d mmol").Value).Distinct().ToList();
        values.ShouldNotBeEmpty();
        foreach (var value in values)
        {
            training.ShouldAllBe(text => !(text.Contains("potassium", StringComparison.Ordinal) && text.Contains(value, StringComparison.Ordinal)));
            training.ShouldAllBe(text => !(text.Contains("血钾", StringComparison.Ordinal) && text.Contains(value, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Every_held_out_fact_other_than_a_value_is_trained_in_another_wording()
    {
        var training = (await DatasetUnderTest.Rows<Prompt>("prompts", "train")).Where(row => row.Reference["language"] == "en").ToList();
        var heldOut = (await DatasetUnderTest.Rows<Prompt>("prompts", "test")).Where(row => row.Reference["kind"] == "organ" && row.Reference["language"] == "en");
        foreach (var row in heldOut)
            training.ShouldContain(other => other.Reference["kind"] == "organ" && other.Reference["answer"] == row.Reference["answer"]);
    }
}
