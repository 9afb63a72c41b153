using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>Chooses the chat template: by name, or by recognising the text that the tokenizer brings.</summary>
public static partial class ChatTemplates
{
    private const string QwenDefaultSystem = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

    // SHA-256 of Qwen2.5's template (chat_template of its tokenizer_config.json) with the default system prompt, which differs from model to model, replaced by DEFAULT_SYSTEM.
    private const string QwenDigest = "1e3261ad4def374c31caf04b69edda6f2780b6cbab648c76d16032c0af3a614d";

    /// <summary>Names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["chatml", "qwen2.5"];

    /// <summary>A template by name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The template.</returns>
    /// <exception cref="MedicalGptException">There is no such template.</exception>
    public static IChatTemplate Named(string name) => name switch
    {
        "chatml" => new ChatMlTemplate(),
        "qwen2.5" => new ChatMlTemplate { DefaultSystem = QwenDefaultSystem, SupportsTools = true },
        _ => throw new MedicalGptException($"There is no chat template \"{name}\"; the names are {string.Join(" and ", Names)}."),
    };

    /// <summary>The template that a tokenizer brings.</summary>
    /// <param name="config">What the tokenizer's files say.</param>
    /// <returns>The template; null = the tokenizer brings none.</returns>
    /// <exception cref="MedicalGptException">The template's text is not one that is supported.</exception>
    public static IChatTemplate? Of(TokenizerConfig config)
    {
        if (config.ChatTemplate is not { } text)
            return null;
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
        if (Simplify(text) == Simplify(ChatMlTemplate.PlainText))
            return new ChatMlTemplate();
        if (DefaultSystem().Match(text) is { Success: true } match)
        {
            var system = match.Groups[1].Value;
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Replace(system, "DEFAULT_SYSTEM", StringComparison.Ordinal))));
            if (system.Length > 0 && digest == QwenDigest)
                return new ChatMlTemplate { DefaultSystem = system, SupportsTools = true };
        }

        var begin = text.Length > 60 ? text[..60] + "…" : text;
        throw new MedicalGptException($"{config.ChatTemplateSource}: the chat_template ({begin.ReplaceLineEndings(" ")}) is not one that is supported now: plain ChatML and Qwen2.5's. If the model was trained with one of these, name it (--template_name {string.Join(" | ", Names)}).");
    }

    // Two spellings of the same simple template become one: white space control, white space, attribute access, split literals.
    private static string Simplify(string text) => Blank().Replace(text, "")
        .Replace("{%-", "{%", StringComparison.Ordinal).Replace("-%}", "%}", StringComparison.Ordinal)
        .Replace("{{-", "{{", StringComparison.Ordinal).Replace("-}}", "}}", StringComparison.Ordinal)
        .Replace("message.role", "message['role']", StringComparison.Ordinal).Replace("message.content", "message['content']", StringComparison.Ordinal)
        .Replace("'<|im_end|>'+'\\n'", "'<|im_end|>\\n'", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\{- '<\|im_start\|>system\\n([^']*)<\|im_end\|>\\n' \}\}")]
    private static partial Regex DefaultSystem();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
