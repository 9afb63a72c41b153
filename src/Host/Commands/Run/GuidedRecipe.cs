using System.Text;

namespace MedicalGpt.Host.Commands.Run;

/// <summary>Writes the recipe of a guided run, so that it can be read, changed and run again.</summary>
internal static class GuidedRecipe
{
    /// <summary>The recipe as YAML.</summary>
    /// <param name="method">The route.</param>
    /// <param name="model">Model folder.</param>
    /// <param name="sftData">Dialogues.</param>
    /// <param name="preferenceData">Pairs; for PPO, DPO, ORPO.</param>
    /// <param name="promptData">Prompts; for PPO, GRPO.</param>
    /// <param name="outputDir">Folder for everything.</param>
    /// <returns>YAML text.</returns>
    public static string Write(AlignmentMethod method, string model, string sftData, string? preferenceData, string? promptData, string outputDir)
    {
        var text = new StringBuilder();
        text.Append($"# {MethodGuide.Advice(method)}\n# Written by 'medgpt run'; change it and start it again with: medgpt run {Quote(Path.Combine(outputDir, "recipe.yaml"))}\n");
        text.Append($"name: sft-{method.ToString().ToLowerInvariant()}\nsummary: Supervised fine-tuning, then {method.ToString().ToUpperInvariant()}\n");
        text.Append("inputs:\n");
        text.Append($"  output_dir: {{ default: {Quote(outputDir)}, help: Folder for everything that is written }}\n");
        text.Append($"  model: {{ default: {Quote(model)}, help: Folder of the model to start from }}\n");
        text.Append("stages:\n");
        Stage(text, "sft", "train sft", "answers in the style of the dialogues", "eval_loss", [("model_name_or_path", "${model}"), ("train_file_dir", sftData), ("validation_split_percentage", "5"), ("num_train_epochs", "3"), ("eval_on_start", "true")]);
        Merge(text, "sft-merged", "${model}", "${sft}");
        var pairs = preferenceData ?? "";
        var prompts = promptData ?? "";
        switch (method)
        {
            case AlignmentMethod.Ppo:
                Stage(text, "rm", "train rm", "which of two answers is better", "eval_accuracy", [("model_name_or_path", "${sft-merged}"), ("train_file_dir", pairs), ("validation_split_percentage", "5"), ("num_train_epochs", "1"), ("eval_on_start", "true")]);
                Merge(text, "rm-merged", "${sft-merged}", "${rm}");
                Stage(text, "ppo", "train ppo", "answers that the reward model prefers", "eval_objective/scores", [("sft_model_path", "${sft-merged}"), ("reward_model_path", "${rm-merged}"), ("train_file_dir", prompts), ("validation_split_percentage", "5"), ("response_length", "256"), ("num_train_epochs", "1"), ("eval_on_start", "true")]);
                break;
            case AlignmentMethod.Dpo:
                Stage(text, "dpo", "train dpo", "to prefer chosen answers", "eval_rewards/accuracies", [("model_name_or_path", "${sft-merged}"), ("train_file_dir", pairs), ("validation_split_percentage", "5"), ("num_train_epochs", "3"), ("eval_on_start", "true")]);
                break;
            case AlignmentMethod.Orpo:
                Stage(text, "orpo", "train orpo", "to prefer chosen answers", "eval_rewards/accuracies", [("model_name_or_path", "${sft-merged}"), ("train_file_dir", pairs), ("validation_split_percentage", "5"), ("num_train_epochs", "3"), ("eval_on_start", "true")]);
                break;
            case AlignmentMethod.Grpo:
                Stage(text, "grpo", "train grpo", "answers that the reward function accepts", "eval_reward", [("model_name_or_path", "${sft-merged}"), ("train_file_dir", prompts), ("validation_split_percentage", "5"), ("reward_functions", "exact-answer"), ("num_train_epochs", "1"), ("eval_on_start", "true")]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(method));
        }

        var last = method.ToString().ToLowerInvariant();
        Merge(text, last + "-merged", "${sft-merged}", "${" + last + "}");
        return text.ToString();
    }

    private static void Merge(StringBuilder text, string name, string model, string adapter) =>
        Stage(text, name, "merge", null, null, [("model", model), ("adapter", adapter)]);

    private static void Stage(StringBuilder text, string name, string command, string? learns, string? metric, IEnumerable<(string Key, string Value)> options)
    {
        text.Append($"  {name}:\n    command: {command}\n");
        if (learns is not null)
            text.Append($"    learns: {learns}\n");
        if (metric is not null)
            text.Append($"    metric: {metric}\n");
        text.Append("    options:\n");
        foreach (var (key, value) in options.Append(("output_dir", "${output_dir}/" + name)))
            text.Append($"      {key}: {Quote(value)}\n");
    }

    private static string Quote(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
}
