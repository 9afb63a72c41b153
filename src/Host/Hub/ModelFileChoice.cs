using MedicalGpt.Options;

namespace MedicalGpt.Host.Hub;

/// <summary>Chooses the files of a model repository: configuration, tokenizer, chat template and safetensors weights. Never pickles.</summary>
/// <param name="include">Patterns of the files that are wanted; empty = the usual ones.</param>
/// <param name="exclude">Patterns of files that are not wanted.</param>
internal sealed class ModelFileChoice(IReadOnlyList<string> include, IReadOnlyList<string> exclude)
{
    private static readonly FilePatterns Usual = FilePatterns.Strict([
        "*.safetensors", "*.safetensors.index.json",
        "config.json", "generation_config.json", "adapter_config.json", "preprocessor_config.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "vocab.txt", "merges.txt", "*.model", "*.tiktoken",
        "chat_template.jinja", "chat_template.json", "additional_chat_templates/*.jinja",
        "README.md", "LICENSE*", "LICENCE*", "NOTICE*",
    ]);

    private static readonly FilePatterns Pickles = FilePatterns.Loose(["*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle", "*.bin.index.json"]);
    private static readonly FilePatterns Weights = FilePatterns.Loose(["*.safetensors"]);

    /// <summary>Chooses.</summary>
    /// <param name="listing">What the repository holds.</param>
    /// <returns>The files.</returns>
    /// <exception cref="MedicalGptException">Nothing matches, or the weights are pickles.</exception>
    public IReadOnlyList<HubFile> Choose(HubListing listing)
    {
        var (wanted, unwanted) = (FilePatterns.Loose(include), FilePatterns.Loose(exclude));
        var chosen = listing.Files.Where(file => (include.Count > 0 ? wanted : Usual).Match(file.Path) && !unwanted.Match(file.Path)).ToList();
        var pickle = chosen.Find(file => Pickles.Match(file.Path));
        chosen.RemoveAll(file => Pickles.Match(file.Path));
        if (pickle is not null && chosen.Count == 0)
            throw Pickle(listing, pickle, "The file is a pickle, which can run code when it is read: it is not pulled.");
        if (include.Count == 0 && !listing.Files.Any(file => Weights.Match(file.Path)) && listing.Files.FirstOrDefault(file => Pickles.Match(file.Path)) is { } only)
            throw Pickle(listing, only, "The repository has its weights as pickles only, which can run code when they are read: they are not pulled.");
        return chosen.Count > 0 ? chosen : throw NothingChosen(listing, include, exclude);
    }

    /// <summary>The error when no file is chosen.</summary>
    /// <param name="listing">What the repository holds.</param>
    /// <param name="include">Patterns that were given.</param>
    /// <param name="exclude">Patterns that were given.</param>
    /// <returns>The error, with names that are near.</returns>
    public static MedicalGptException NothingChosen(HubListing listing, IReadOnlyList<string> include, IReadOnlyList<string> exclude)
    {
        var paths = listing.Files.Select(file => file.Path).ToList();
        return new MedicalGptException("No file of the repository is wanted.")
        {
            Place = $"{listing.Repository.Id} at {listing.Revision}",
            Given = string.Join(' ', include.Select(pattern => "--include " + pattern).Concat(exclude.Select(pattern => "--exclude " + pattern))) is { Length: > 0 } given ? given : "the usual files",
            Allowed = paths.Count == 0 ? "the repository is empty" : string.Join(", ", paths.Take(20)) + (paths.Count > 20 ? $" and {paths.Count - 20} more" : ""),
            Remedy = include.Select(pattern => OptionNames.Nearest(pattern, paths)).OfType<string>().FirstOrDefault() is { } nearest ? $"did you mean '{nearest}'?" : "name files with --include PATTERN",
        };
    }

    private static MedicalGptException Pickle(HubListing listing, HubFile file, string message) => new(message)
    {
        Place = $"{listing.Repository.Id} at {listing.Revision}",
        Given = file.Path,
        Allowed = "*.safetensors",
        Remedy = "look for a revision with safetensors (often --revision refs/pr/1), or convert it where you trust it: python -c \"from transformers import AutoModelForCausalLM as M; M.from_pretrained('"
            + listing.Repository.Id + "').save_pretrained('DIR', safe_serialization=True)\"",
    };
}
