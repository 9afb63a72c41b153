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
    public static void Copy(string source, string target)
    {
        foreach (var name in Names)
        {
            var from = Path.Combine(source, name);
            var to = Path.Combine(target, name);
            if (File.Exists(from) && !File.Exists(to))
                File.WriteAllBytes(to, File.ReadAllBytes(from)); // the copy gets ordinary permissions
        }
    }
}
