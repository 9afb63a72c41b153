using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Whole published files, counted against what other tools count (wc -l, jq length).</summary>
public sealed class RealDataTests
{
    [SharedFact("data/medicalgpt")]
    public async Task Pretraining_text_is_one_document_per_line()
    {
        var path = SharedFiles.Find("data/medicalgpt/pretrain")!;
        var rows = await Rows.ReadAsync(path, ExampleKind.Text);
        var lines = Directory.GetFiles(path).SelectMany(File.ReadLines).Count(l => l.Trim().Length > 0);
        rows.Count.ShouldBe(lines);
        ((PlainText)rows.Single(r => r.Origin.Source.EndsWith("fever.txt", StringComparison.Ordinal) && r.Origin.Line == 1)).Text.ShouldBe("第一章论");
    }

    [SharedFact("data/medicalgpt")]
    public async Task Every_sft_row_with_an_answer_is_a_dialogue()
    {
        var path = SharedFiles.Find("data/medicalgpt/sft")!;
        var rows = await Rows.ReadAsync(path, ExampleKind.Conversation, new DataReadOptions { OnBadRow = BadRowPolicy.Skip });
        var withoutAnswer = Directory.GetFiles(path).SelectMany(File.ReadLines).Count(l => l.Length > 0 && !l.Contains("\"gpt\"", StringComparison.Ordinal) && !l.Contains("\"function_call\"", StringComparison.Ordinal));
        withoutAnswer.ShouldBeGreaterThan(0);
        rows.Count.ShouldBe(Directory.GetFiles(path).SelectMany(File.ReadLines).Count(l => l.Length > 0) - withoutAnswer);
        var calls = rows.Cast<Conversation>().First(c => c.ToolsJson is not null);
        calls.Messages.ShouldContain(m => m.ToolCallsJson != null);
    }

    [SharedFact("data/medicalgpt")]
    public async Task Every_reward_row_is_a_pair_and_also_a_prompt()
    {
        var path = SharedFiles.Find("data/medicalgpt/reward")!;
        var lines = Directory.GetFiles(path).SelectMany(File.ReadLines).Count(l => l.Length > 0);
        (await Rows.ReadAsync(path, ExampleKind.Preference)).Count.ShouldBe(lines);
        (await Rows.ReadAsync(path, ExampleKind.Prompt)).Count.ShouldBe(lines);
    }

    [SharedFact("data/medicalgpt")]
    public async Task Question_and_answer_rows_are_prompts_with_a_reference()
    {
        var rows = await Rows.ReadAsync(SharedFiles.Find("data/medicalgpt/grpo")!, ExampleKind.Prompt);
        var first = (Prompt)rows[0];
        first.Messages.ShouldHaveSingleItem().Content.ShouldBe("肛门病变可能是什么疾病的症状?");
        first.Reference["answer"].ShouldBe("食管克罗恩病");
    }

    [SharedFact("data/cmexam")]
    public async Task Cmexam_lists_its_options_and_keeps_the_letter()
    {
        var path = SharedFiles.Find("data/cmexam/val.jsonl")!;
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(path, ExampleKind.Prompt))).ToBlock().ShouldContain("The answer is none of the options.");
        var notices = new List<string>();
        var rows = await Rows.ReadAsync(path, ExampleKind.Prompt, new DataReadOptions { OnBadRow = BadRowPolicy.Skip, Notice = notices.Add });
        var lines = File.ReadLines(path).ToList();
        rows.Count.ShouldBe(lines.Count - lines.Count(l => l.Contains("\"answer\": \"nan\"", StringComparison.Ordinal)));
        notices.ShouldContain(n => n.EndsWith("bad rows were skipped.", StringComparison.Ordinal));
        var first = (Prompt)rows[0];
        first.Messages[0].Content.ShouldBe("上消化道出血可单纯表现为呕血或黑便，也可两者兼有，这取决于\nA. 原发病\nB. 出血部位\nC. 出血量\nD. 在胃内停留时间\nE. 以上均非\n请只回答正确选项的字母。");
        first.Reference["answer"].ShouldBe("C");
        first.Reference["answer_text"].ShouldBe("出血量");
    }

    [SharedFact("data/pubmedqa")]
    public async Task Pubmedqa_asks_with_its_abstract()
    {
        var rows = await Rows.ReadAsync(SharedFiles.Find("data/pubmedqa/ori_pqal.json")!, ExampleKind.Prompt);
        rows.Count.ShouldBe(1000); // the labelled set of Jin et al. 2019
        var first = (Prompt)rows[0];
        first.Reference["answer"].ShouldBe("yes");
        first.Messages[0].Content.ShouldEndWith("\n\nQuestion: Do mitochondria play a role in remodelling lace plant leaves during programmed cell death?\nAnswer yes, no or maybe.");
    }

    [SharedFact("data/medagents-benchmark")]
    public async Task Every_benchmark_row_is_a_prompt_whose_answer_is_one_of_its_letters()
    {
        var path = SharedFiles.Find("data/medagents-benchmark")!;
        var rows = await Rows.ReadAsync(path, ExampleKind.Prompt);
        rows.Count.ShouldBe(Directory.GetFiles(path, "*.jsonl", SearchOption.AllDirectories).SelectMany(File.ReadLines).Count(l => l.Length > 0));
        rows.Cast<Prompt>().ShouldAllBe(p => p.Messages[0].Content.Contains("\n" + p.Reference["answer"] + ". "));
    }
}
