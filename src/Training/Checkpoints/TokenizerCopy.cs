namespace MedicalGpt.Training;

/// <summary>Puts a tokenizer beside the model that was trained with it.</summary>
public static class TokenizerCopy
{
    private static readonly string[] Names =
    [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "chat_template.jinja", "generation_config.json",
    ];

    /// <summary>Copies the tokenizer's files that exist; files that the target already has stay.</summary>
    /// <param name="source">Folder of the tokenizer.</param>
    /// <param name="target">Folder of the model.</param>
    /// <param name="chatTemplate">Text of the chat template that was used instead of the tokenizer's own, which the copy gets; null = its own.</param>
    public static void Copy(string source, string target, string? chatTemplate = null)
    {
        if (chatTemplate is not null)
            File.WriteAllText(Path.Combine(target, "chat_template.jinja"), chatTemplate);
        foreach (var name in Names.Concat(chatTemplate is null ? FurtherTemplates(source) : []))
        {
            var from = Path.Combine(source, name);
            var to = Path.Combine(target, name);
            if (!File.Exists(from) || File.Exists(to))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllBytes(to, File.ReadAllBytes(from)); // the copy gets ordinary permissions
        }
    }

    private static IEnumerable<string> FurtherTemplates(string source)
    {
        var folder = Path.Combine(source, "additional_chat_templates");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.jinja").Select(file => Path.Combine("additional_chat_templates", Path.GetFileName(file))) : [];
    }
}
