using MedicalGpt.Data;

namespace MedicalGpt.Datasets.Medical.Published;

/// <summary>General preference pairs, which the guides use beside medical ones.</summary>
internal static class PreferenceSources
{
    private static readonly string[] Parts = ["harmless-base", "helpful-base", "helpful-online", "helpful-rejection-sampled"];

    /// <summary>The datasets.</summary>
    public static IReadOnlyList<DatasetSource> All { get; } =
    [
        new("hh-rlhf", "Anthropic/hh-rlhf", "MIT", "https://huggingface.co/datasets/Anthropic/hh-rlhf",
        [
            Layout.Of("default", ExampleKind.Preference, "**/train.jsonl", null, "**/test.jsonl") with { Notice = "its harmless parts hold offensive text on purpose" },
            .. Parts.Select(part => Layout.Of(part, ExampleKind.Preference, $"{part}/train.jsonl", null, $"{part}/test.jsonl")),
        ])
        { Summary = "English dialogues with a better and a worse end (helpful, harmless)", Aliases = ["Anthropic/hh-rlhf"] },
        new("full-hh-rlhf", "Dahoas/full-hh-rlhf", "not stated; derived from hh-rlhf (MIT)", "https://huggingface.co/datasets/Dahoas/full-hh-rlhf",
            [Layout.Of("default", ExampleKind.Preference, "data/train-*.parquet", null, "data/test-*.parquet")])
        { Summary = "hh-rlhf with the prompt in a column of its own" },
        new("oasst1-pairwise", "tasksource/oasst1_pairwise_rlhf_reward", "not stated; derived from OpenAssistant/oasst1 (Apache-2.0)", "https://huggingface.co/datasets/tasksource/oasst1_pairwise_rlhf_reward",
            [Layout.Of("default", ExampleKind.Preference, "data/train-*.parquet", "data/validation-*.parquet")])
        { Summary = "Open Assistant's ranked answers as pairs, many languages", Aliases = ["oasst1"] },
        new("dpo-en-zh-20k", "shibing624/DPO-En-Zh-20k-Preference", "Apache-2.0", "https://huggingface.co/datasets/shibing624/DPO-En-Zh-20k-Preference",
        [
            Layout.Of("zh", ExampleKind.Preference, ["dpo_zh.json*", "**/*zh*.json*"], [], []),
            Layout.Of("en", ExampleKind.Preference, ["dpo_en.json*", "**/*en*.json*"], [], []),
        ])
        { Summary = "20,000 general pairs, half Chinese, half English" },
    ];
}
