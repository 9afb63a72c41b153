using MedicalGpt.Data;

namespace MedicalGpt.Datasets.Medical.Published;

/// <summary>Examination questions: prompts with a letter as expected answer, for grpo, ppo and comparisons; sft learns the letter.</summary>
internal static class ExamSources
{
    private const string HeldOut = "use it for comparisons; training on it makes published results on it worthless";

    /// <summary>The datasets.</summary>
    public static IReadOnlyList<DatasetSource> All { get; } =
    [
        new("medqa", "GBaker/MedQA-USMLE-4-options", "MIT (jind11/MedQA); the hub's copy states CC-BY-4.0", "https://github.com/jind11/MedQA",
        [
            Layout.Of("usmle-4", ExampleKind.Prompt, ["phrases_no_exclude_train.jsonl", "**/US/4_options/phrases_no_exclude_train.jsonl"], ["**/US/4_options/phrases_no_exclude_dev.jsonl"], ["phrases_no_exclude_test.jsonl", "**/US/4_options/phrases_no_exclude_test.jsonl"]),
            Layout.Of("usmle-5", ExampleKind.Prompt, "**/questions/US/train.jsonl", "**/questions/US/dev.jsonl", "**/questions/US/test.jsonl"),
            Layout.Of("mainland-4", ExampleKind.Prompt, "**/Mainland/4_options/train.jsonl", "**/Mainland/4_options/dev.jsonl", "**/Mainland/4_options/test.jsonl"),
            Layout.Of("mainland-5", ExampleKind.Prompt, "**/questions/Mainland/train.jsonl", "**/questions/Mainland/dev.jsonl", "**/questions/Mainland/test.jsonl"),
        ])
        { Summary = "US and Chinese licensing examinations" },
        new("medmcqa", "openlifescienceai/medmcqa", "Apache-2.0 (hub); MIT (GitHub)", "https://github.com/medmcqa/medmcqa",
        [
            Layout.Of("default", ExampleKind.Prompt, "data/train-*.parquet", "data/validation-*.parquet"),
            Layout.Of("json", ExampleKind.Prompt, "**/train.json", "**/dev.json") with { Columns = Number("cop"), Notice = "the release as JSON counts options from 1, the hub's from 0" },
        ])
        { Summary = "Indian medical entrance examinations; the answers of its test split are not published" },
        new("pubmedqa", "qiaojin/PubMedQA", "MIT", "https://github.com/pubmedqa/pubmedqa",
        [
            Abstracts("pqa_labeled"),
            Abstracts("pqa_artificial"),
            Layout.Of("ori_pqal", ExampleKind.Prompt, "**/ori_pqal.json", null, "**/test_set.json"),
            Layout.Of("ori_pqaa", ExampleKind.Prompt, "**/ori_pqaa.json"),
        ])
        { Summary = "questions on abstracts, to be answered yes, no or maybe" },
        new("cmexam", null, "Apache-2.0", "https://github.com/williamliujl/CMExam",
        [
            Layout.Of("default", ExampleKind.Prompt, ["**/train.csv"], ["**/val.csv"], ["**/test_with_annotations.csv", "**/test.csv"]) with { Columns = Capitalised() },
            Layout.Of("jsonl", ExampleKind.Prompt, "**/train.jsonl", "**/val.jsonl", "**/test.jsonl"),
        ])
        { Summary = "the Chinese national medical licensing examination" },
        new("cmb", "FreedomIntelligence/CMB", "Apache-2.0", "https://github.com/FreedomIntelligence/CMB",
        [
            Layout.Of("CMB-Exam", ExampleKind.Prompt, "**/CMB-train-merge.json", "**/CMB-val-merge.json") with { Columns = new Dictionary<string, string> { ["options"] = "option" }, Notice = "the answers of its test split are a file of their own; val has explanations" },
        ])
        { Summary = "Chinese medical examinations of six kinds" },
        new("mmlu-medical", "cais/mmlu", "MIT", "https://huggingface.co/datasets/cais/mmlu",
        [
            .. new[] { "anatomy", "clinical_knowledge", "college_biology", "college_medicine", "medical_genetics", "professional_medicine", "nutrition", "virology" }.SelectMany(subject => new[] { Subject(subject), Subject(subject + "-csv", subject) }),
        ])
        { Summary = "MMLU's medical subjects", Aliases = ["mmlu"] },
        new("medagents-benchmark", null, "Apache-2.0 (repository); of the sets inside: MedQA, MMLU, MMLU-Pro, PubMedQA MIT, MedMCQA MIT or Apache-2.0", "https://github.com/gersteinlab/medagents-benchmark",
            [.. new[] { "medqa", "medqa_5options", "medmcqa", "mmlu", "mmlu-pro", "pubmedqa" }.Select(set =>
                Layout.Of(set, ExampleKind.Prompt, $"**/{set}/train.jsonl", null, $"**/{set}/test.jsonl") with { Notice = HeldOut })])
        { Summary = "medical examination sets in one layout, with a hard subset of each" },
    ];

    private static DatasetConfiguration Abstracts(string name) => Layout.Of(name, ExampleKind.Prompt, $"{name}/train-*.parquet") with
    {
        Columns = new Dictionary<string, string> { ["QUESTION"] = "question", ["CONTEXTS"] = "context.contexts" },
    };

    private static DatasetConfiguration Subject(string name) => Layout.Of(name, ExampleKind.Prompt, $"{name}/dev-*.parquet", $"{name}/validation-*.parquet", $"{name}/test-*.parquet") with
    {
        Columns = new Dictionary<string, string> { ["options"] = "choices" },
        Notice = HeldOut,
    };

    // The original release: tables without a header line.
    private static DatasetConfiguration Subject(string name, string subject) => Layout.Of(name, ExampleKind.Prompt, $"**/dev/{subject}_dev.csv", $"**/val/{subject}_val.csv", $"**/test/{subject}_test.csv") with
    {
        Header = ["question", "A", "B", "C", "D", "answer"],
        Notice = HeldOut,
    };

    private static Dictionary<string, string> Number(string column) => new() { ["answer_number"] = column };

    private static Dictionary<string, string> Capitalised() => new() { ["question"] = "Question", ["options"] = "Options", ["answer"] = "Answer" };
}
