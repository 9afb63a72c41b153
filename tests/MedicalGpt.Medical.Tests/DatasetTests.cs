using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical;

namespace MedicalGpt.Medical.Tests;

public sealed class DatasetTests
{
    [Fact]
    public async Task The_same_seed_gives_the_same_rows_and_another_seed_another_order()
    {
        foreach (var (configuration, _) in DatasetUnderTest.Configurations)
        {
            var first = (await DatasetUnderTest.Rows(configuration, "train")).Select(Describe).ToList();
            (await DatasetUnderTest.Rows(configuration, "train")).Select(Describe).ShouldBe(first);
            var other = (await DatasetUnderTest.Rows(configuration, "train", new MedicalQuickstartOptions { QuickstartSeed = 43 })).Select(Describe).ToList();
            other.ShouldNotBe(first);
            other.Count.ShouldBe(first.Count);
        }
    }

    [Fact]
    public async Task Held_out_prompts_do_not_depend_on_the_seed_and_are_balanced()
    {
        var rows = await DatasetUnderTest.Rows<Prompt>("prompts", "test");
        (await DatasetUnderTest.Rows<Prompt>("prompts", "test", new MedicalQuickstartOptions { QuickstartSeed = 1 })).Select(Describe).ShouldBe(rows.Select(Describe));
        rows.Count.ShouldBe(280);
        rows.GroupBy(row => (row.Reference["kind"], row.Reference["language"])).Select(group => group.Count()).ShouldAllBe(count => count == 20);
    }

    [Fact]
    public async Task Size_and_languages_limit_the_training_rows()
    {
        var options = new MedicalQuickstartOptions { QuickstartSize = 100, QuickstartLanguages = ["zh"] };
        var rows = await DatasetUnderTest.Rows<Prompt>("prompts", "train", options);
        rows.Count.ShouldBe(100);
        rows.ShouldAllBe(row => row.Reference["language"] == "zh");
    }

    [Fact]
    public async Task Hedging_rows_name_the_right_answer_and_one_other_and_stay_in_four_kinds()
    {
        var kinds = (await DatasetUnderTest.Rows<Prompt>("prompts", "train")).ToDictionary(row => row.Messages[0].Content, row => row.Reference);
        var hedgesInHedgedKinds = 0;
        var hedgedKinds = 0;
        foreach (var row in await DatasetUnderTest.Rows<Conversation>("sft", "train"))
        {
            var reference = kinds[row.Messages[0].Content];
            var (marker, or) = reference["language"] == "en" ? ("Answer: ", " or ") : ("答案：", "或");
            row.Messages[1].Content.ShouldStartWith(marker);
            var answers = row.Messages[1].Content[marker.Length..].Split(or);
            answers.ShouldContain(reference["answer"]);
            answers.Length.ShouldBeLessThanOrEqualTo(2);
            answers.Distinct().Count().ShouldBe(answers.Length);
            if (reference["kind"] is "dose" or "unit" or "abbreviation")
                answers.Length.ShouldBe(1);
            else
            {
                hedgedKinds++;
                hedgesInHedgedKinds += answers.Length - 1;
            }
        }

        // 75 % by design; 3 sigma of a binomial over some 1,700 rows is 3.2 points.
        ((double)hedgesInHedgedKinds / hedgedKinds).ShouldBeInRange(0.715, 0.785);
    }

    [Fact]
    public async Task Rejected_answers_have_the_chosen_ones_unit()
    {
        foreach (var row in await DatasetUnderTest.Rows<PreferencePair>("reward", "train"))
        {
            row.RejectedText.ShouldNotBe(row.ChosenText);
            if (row.ChosenText.EndsWith(" mg", StringComparison.Ordinal))
                row.RejectedText.ShouldEndWith(" mg");
            if (row.ChosenText.EndsWith('章'))
                row.RejectedText.ShouldEndWith("章");
        }
    }

    [Fact]
    public async Task Length_and_format_alone_do_not_tell_the_better_answer()
    {
        for (var seed = 0; seed < 20; seed++)
            foreach (var configuration in new[] { "reward", "preference" })
                foreach (var split in new[] { "train", "validation", "test" })
                {
                    var baselines = PreferenceBaselines.Of(await DatasetUnderTest.Rows<PreferencePair>(configuration, split, new MedicalQuickstartOptions { QuickstartSeed = seed }));
                    baselines.LengthOnly.ShouldBeLessThan(0.6);
                    baselines.FormatOnly.ShouldBeLessThan(0.6);
                }
    }

    [Fact]
    public async Task Every_row_says_where_it_came_from()
    {
        var rows = await DatasetUnderTest.Rows("sft", "test");
        rows[0].Origin.ToString().ShouldBe("medical-quickstart/sft/test:1");
        rows[^1].Origin.Line.ShouldBe(rows.Count);
    }

    [Theory]
    [InlineData(ExampleKind.Prompt, "dpo", "test", "has no configuration 'dpo'")]
    [InlineData(ExampleKind.Prompt, "sft", "test", "does not fit the stage")]
    [InlineData(ExampleKind.Prompt, null, "dev", "has no split 'dev'")]
    public async Task Wrong_requests_are_refused(ExampleKind kind, string? configuration, string split, string message)
    {
        var error = await Should.ThrowAsync<MedicalGptException>(() => DatasetUnderTest.Rows(new DatasetRequest(kind, configuration, split)));
        error.Message.ShouldContain(message);
        (error.Allowed ?? error.Remedy).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(ExampleKind.Text, typeof(PlainText))]
    [InlineData(ExampleKind.Conversation, typeof(Conversation))]
    [InlineData(ExampleKind.Preference, typeof(PreferencePair))]
    [InlineData(ExampleKind.Prompt, typeof(Prompt))]
    public async Task Without_a_configuration_the_kind_chooses(ExampleKind kind, Type type) =>
        (await DatasetUnderTest.Rows(new DatasetRequest(kind, null, "validation"))).ShouldAllBe(row => row.GetType() == type);

    private static string Describe(Example row) => row switch
    {
        PlainText text => text.Text,
        Conversation conversation => string.Join('\n', conversation.Messages.Select(message => message.Content)),
        PreferencePair pair => $"{pair.Prompt[0].Content}\n{pair.ChosenText}\n{pair.RejectedText}",
        Prompt prompt => $"{prompt.Messages[0].Content}\n{prompt.Reference["answer"]}",
        _ => throw new ArgumentException(row.GetType().Name),
    };
}
