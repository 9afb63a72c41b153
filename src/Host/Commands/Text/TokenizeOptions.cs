using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Text;

/// <summary>Text to token ids and back, for checking a tokenizer or a chat template.</summary>
[Options("tokenize")]
public sealed partial record TokenizeOptions
{
    /// <summary>Folder of the tokenizer.</summary>
    [Required]
    [Alias("model", "tokenizer_name_or_path")]
    public string Tokenizer { get; init; } = "";

    /// <summary>A JSON file: a list of strings, or with --chat a list of {messages, add_generation_prompt, tools?}.</summary>
    [Required]
    [PathExists(PathKind.File)]
    public string Input { get; init; } = "";

    /// <summary>The JSON file to write: a list of {ids, decoded}, or with --chat of {text, ids}.</summary>
    [Required]
    public string Output { get; init; } = "";

    /// <summary>The input holds dialogues that go through the chat template.</summary>
    public bool Chat { get; init; }
}
