using MedicalGpt.Training.Data;

namespace MedicalGpt.Training.Tokenization;

/// <summary>The files that make up a tokenizer, as bytes, so that a model folder gets them back unchanged.</summary>
internal static class TokenizerFiles
{
    private const long SizeLimit = 100L << 20;
    private static readonly string[] Names = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "chat_template.jinja"];

    /// <summary>Reads what is there; tokenizer.json must be.</summary>
    public static Dictionary<string, byte[]> Read(string directory)
    {
        if (!Directory.Exists(directory))
            throw new MedicalGptException("The model or tokenizer folder does not exist.") { Place = directory, Allowed = "a folder with tokenizer.json", Remedy = HubRepository.PullHint(directory) ?? "correct the path" };
        var files = new Dictionary<string, byte[]>();
        foreach (var name in Names.Concat(Templates(directory)))
        {
            var file = new FileInfo(Path.Combine(directory, name));
            if (!file.Exists)
                continue;
            if (file.Length > SizeLimit)
                throw new MedicalGptException($"{file.FullName} has {file.Length} bytes; tokenizer files are read up to {SizeLimit} bytes.");
            files[name] = File.ReadAllBytes(file.FullName);
        }

        if (!files.ContainsKey("tokenizer.json"))
            throw new MedicalGptException("The folder has no tokenizer.") { Place = directory, Given = "no tokenizer.json", Allowed = "a model or tokenizer folder with tokenizer.json", Remedy = "name one (--tokenizer-name-or-path); older folders with vocab.json and merges.txt or tokenizer.model alone are converted by saving the tokenizer again with a current version of its library" };
        return files;
    }

    private static IEnumerable<string> Templates(string directory)
    {
        var folder = Path.Combine(directory, "additional_chat_templates");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.jinja").Order(StringComparer.Ordinal).Take(100).Select(f => $"additional_chat_templates/{Path.GetFileName(f)}") : [];
    }
}
