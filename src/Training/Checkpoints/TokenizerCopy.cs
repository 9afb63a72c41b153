namespace MedicalGpt.Training;

/// <summary>Puts a tokenizer beside the model that was trained with it.</summary>
public static class TokenizerCopy
{
    private const string Tokenizer = "tokenizer.json", Template = "chat_template.jinja", GenerationConfig = "generation_config.json", Templates = "additional_chat_templates";

    private static readonly string[] Names = [Tokenizer, "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", Template];

    /// <summary>Copies the files of a tokenizer, and the settings of generation beside it. A tokenizer and settings that the target already has stay, each as a whole: files of two tokenizers never mix.</summary>
    /// <param name="source">Folder of the tokenizer.</param>
    /// <param name="target">Folder of the model.</param>
    /// <param name="chatTemplate">Text of the chat template that was used instead of the tokenizer's own, which the copy gets; null = its own.</param>
    public static void Copy(string source, string target, string? chatTemplate = null)
    {
        var isThere = File.Exists(Path.Combine(target, Tokenizer));
        if (chatTemplate is not null)
            File.WriteAllText(Path.Combine(target, Template), chatTemplate);
        string[] names = [.. isThere ? [] : FilesIn(source).Where(name => chatTemplate is null || !IsTemplate(name)), GenerationConfig];
        foreach (var name in names)
        {
            var from = Path.Combine(source, name);
            var to = Path.Combine(target, name);
            if (!File.Exists(from) || File.Exists(to))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllBytes(to, File.ReadAllBytes(from)); // the copy gets ordinary permissions
        }
    }

    /// <summary>The tokenizer and the settings of generation of an earlier result, which a new one would be read with.</summary>
    /// <param name="folder">The folder that the new result goes to.</param>
    /// <param name="sources">Folders that the new result is made from: nothing in them is in the way.</param>
    /// <returns>Names of files within the folder that are to go.</returns>
    public static IReadOnlyList<string> Earlier(string folder, params IEnumerable<string?> sources)
    {
        if (!Directory.Exists(folder) || sources.OfType<string>().Any(source => RealPath.IsSame(source, folder)))
            return [];
        return [.. FilesIn(folder), GenerationConfig];
    }

    /// <summary>The files of a tokenizer that a folder has.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Their names within the folder.</returns>
    internal static IReadOnlyList<string> FilesIn(string folder)
    {
        var templates = Path.Combine(folder, Templates);
        return
        [
            .. Names.Where(name => File.Exists(Path.Combine(folder, name))),
            .. Directory.Exists(templates) ? Directory.EnumerateFiles(templates, "*.jinja").Select(file => Path.Combine(Templates, Path.GetFileName(file))) : [],
        ];
    }

    private static bool IsTemplate(string name) => name == Template || name.StartsWith(Templates, StringComparison.Ordinal);
}
