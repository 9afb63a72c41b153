using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Run;

/// <summary>What <c>medgpt run</c> without a recipe needs to know; at a terminal it asks for what is missing.</summary>
[Options("guide")]
public sealed partial record GuideOptions
{
    /// <summary>Alignment method after supervised fine-tuning.</summary>
    public AlignmentMethod? Method { get; init; }

    /// <summary>Folder of the model to start from (config.json, safetensors weights, tokenizer.json).</summary>
    [Alias("model_name_or_path")]
    public string? Model { get; init; }

    /// <summary>Dialogues for supervised fine-tuning: a folder or a file.</summary>
    public string? SftData { get; init; }

    /// <summary>Preference pairs for the reward model, DPO or ORPO: a folder or a file.</summary>
    public string? PreferenceData { get; init; }

    /// <summary>Prompts for PPO or GRPO (for GRPO with an answer column): a folder or a file.</summary>
    public string? PromptData { get; init; }

    /// <summary>Folder for everything that is written.</summary>
    [Alias("output")]
    public string? OutputDir { get; init; }
}
