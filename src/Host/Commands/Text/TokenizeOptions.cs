using MedicalGpt.Options;
using MedicalGpt.Training.Templates;

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

    /// <summary>Chat template by name, or the path of a .jinja file; none = the one that the tokenizer brings.</summary>
    public string? TemplateName { get; init; }

    /// <summary>How a named template writes tools: default, glm4, llama3, mistral or qwen; none = as is usual for it.</summary>
    public string? ToolFormat { get; init; }

    /// <summary>Variables of the chat template: --template_kwargs.enable_thinking=false sets enable_thinking.</summary>
    [Alias("chat_template_kwargs")]
    public IReadOnlyDictionary<string, string> TemplateKwargs { get; init; } = new Dictionary<string, string>();

    /// <summary>The same for the template's reader.</summary>
    /// <returns>Which chat template, and with what.</returns>
    public ChatTemplateOptions ToTemplate() => new() { Name = TemplateName, ToolFormat = ToolFormat, Variables = TemplateKwargs };
}
