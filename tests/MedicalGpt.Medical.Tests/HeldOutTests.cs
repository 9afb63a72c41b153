using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical;
using MedicalGpt.Datasets.Medical.Facts;
using MedicalGpt.Datasets.Medical.Questions;

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
    public void Every_held_out_question_asks_a_fact_that_training_asks_in_other_words()
    {
        var bank = new QuestionBank(Language.All);
        var trained = bank.Of("train").ToLookup(question => question.Fact.Id, question => question.Text);
        foreach (var question in bank.Of("validation").Concat(bank.Of("test")))
        {
            trained[question.Fact.Id].Count().ShouldBeInRange(3, 6);
            trained[question.Fact.Id].ShouldNotContain(question.Text);
        }
    }
}
