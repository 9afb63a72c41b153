using MedicalGpt.Data;

namespace MedicalGpt.Datasets.Medical.Published;

/// <summary>Texts and dialogues for continued pre-training and supervised fine-tuning.</summary>
internal static class DialogueSources
{
    private const string SameAsReward = "the hub has no such configuration; its reward rows are pairs of a better and a worse answer and are read instead";

    /// <summary>The datasets.</summary>
    public static IReadOnlyList<DatasetSource> All { get; } =
    [
        new("shibing624/medical", "shibing624/medical", "Apache-2.0 (stated by the publisher; collected from several sources)", "https://huggingface.co/datasets/shibing624/medical",
        [
            Layout.Of("finetune", ExampleKind.Conversation, "finetune/train_*.json", "finetune/valid_*.json", "finetune/test_*.json"),
            Layout.Of("pretrain", ExampleKind.Text, "pretrain/train_*.json", "pretrain/valid_*.json", "pretrain/test_*.json"),
            Layout.Of("pretrain-books", ExampleKind.Text, "pretrain/medical_book_zh.json"),
            Reward("reward", null),
            Reward("dpo", SameAsReward),
            Reward("orpo", SameAsReward),
        ])
        { Summary = "Chinese and some English medical texts, instructions and answer pairs" },
        new("huatuo-sharegpt", "shibing624/huatuo_medical_qa_sharegpt", "Apache-2.0", "https://huggingface.co/datasets/shibing624/huatuo_medical_qa_sharegpt",
        [
            Layout.Of("default", ExampleKind.Conversation, "HuatuoGPT_sft_data_v1_sharegpt.jsonl"),
            Layout.Of("gpt4", ExampleKind.Conversation, "HuatuoGPT2_sft_instruct_GPT4_sharegpt.jsonl"),
        ])
        { Summary = "HuatuoGPT's Chinese consultations as ShareGPT dialogues; gpt4: HuatuoGPT-II's instructions answered by GPT-4" },
        new("huatuogpt-sft-v1", "FreedomIntelligence/HuatuoGPT-sft-data-v1", "Apache-2.0", "https://huggingface.co/datasets/FreedomIntelligence/HuatuoGPT-sft-data-v1",
            [Layout.Of("default", ExampleKind.Conversation, ["*.jsonl", "*.json"], [], [])])
        { Summary = "HuatuoGPT's Chinese consultations, turns as a list of strings", Aliases = ["huatuo"] },
        new("huatuo26m-lite", "FreedomIntelligence/Huatuo26M-Lite", "Apache-2.0", "https://huggingface.co/datasets/FreedomIntelligence/Huatuo26M-Lite",
            [Layout.Of("default", ExampleKind.Conversation, ["*.jsonl", "**/*.parquet"], [], [])])
        { Summary = "Chinese medical questions with one answer each, cleaned from Huatuo-26M", Aliases = ["huatuo-lite"] },
        Encyclopedia("huatuo-encyclopedia", "huatuo_encyclopedia_qa", "questions and answers from Chinese encyclopedias and medical articles"),
        Encyclopedia("huatuo-knowledge-graph", "huatuo_knowledge_graph_qa", "questions and answers from Chinese medical knowledge graphs"),
        new("medical-o1", "FreedomIntelligence/medical-o1-reasoning-SFT", "Apache-2.0", "https://huggingface.co/datasets/FreedomIntelligence/medical-o1-reasoning-SFT",
        [
            Reasoning("en", "medical_o1_sft.json"),
            Reasoning("zh", "medical_o1_sft_Chinese.json"),
        ])
        { Summary = "medical questions with a chain of thought and an answer, English and Chinese" },
        ConsultedAnswers("cmedqa2", "https://github.com/zhangsheng93/cMedQA2", "Chinese community questions with answers of doctors, version 2") with { Aliases = ["cmedqa"] },
        ConsultedAnswers("cmedqa1", "https://github.com/zhangsheng93/cMedQA", "Chinese community questions with answers of doctors, version 1"),
    ];

    private static DatasetConfiguration Reward(string name, string? notice) =>
        Layout.Of(name, ExampleKind.Preference, "reward/train.json", "reward/valid.json", "reward/test.json") with { Notice = notice };

    private static DatasetSource Encyclopedia(string name, string repository, string summary) =>
        new(name, "FreedomIntelligence/" + repository, "Apache-2.0", "https://huggingface.co/datasets/FreedomIntelligence/" + repository,
            [Layout.Of("default", ExampleKind.Conversation, "train_datasets.jsonl", "validation_datasets.jsonl", "test_datasets.jsonl")])
        { Summary = summary };

    private static DatasetConfiguration Reasoning(string name, string file) => Layout.Of(name, ExampleKind.Conversation, file) with
    {
        Columns = new Dictionary<string, string> { ["question"] = "Question", ["answer"] = @"<think>\n{Complex_CoT}\n</think>\n\n{Response}" },
    };

    // Questions and answers are tables of their own; the lists of candidates say which answer belongs to which question.
    private static DatasetSource ConsultedAnswers(string name, string homepage, string summary)
    {
        var question = new DatasetJoin("question", "question_id", "**/question*.csv", "question_id", "content");
        return new DatasetSource(name, null, "no licence file; the publisher allows non-commercial research only", homepage,
        [
            Layout.Of("qa", ExampleKind.Conversation, "**/answer*.csv") with { Columns = new Dictionary<string, string> { ["answer"] = "content" }, Joins = [question] },
            Layout.Of("pairs", ExampleKind.Preference, "**/train_candidates.txt") with
            {
                Format = "csv",
                Joins = [question, Answer("chosen", "pos_ans_id"), Answer("rejected", "neg_ans_id")],
                Notice = "the worse answer is one to another question, so a model may learn the subject instead of quality",
            },
        ])
        { Summary = summary };
    }

    private static DatasetJoin Answer(string column, string by) => new(column, by, "**/answer*.csv", "ans_id", "content");
}
