using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Modeling;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Compare;

/// <summary>One model of a comparison.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Folder">Its folder.</param>
internal sealed record ComparedModel(string Name, string Folder)
{
    /// <summary>Reads NAME=DIR or DIR.</summary>
    /// <param name="text">As given.</param>
    /// <returns>The model.</returns>
    public static ComparedModel Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !text[..equals].Contains('/', StringComparison.Ordinal)
            ? new ComparedModel(text[..equals], ModelNames.Folder(text[(equals + 1)..]))
            : new ComparedModel(Path.GetFileName(Path.TrimEndingDirectorySeparator(text)), ModelNames.Folder(text));
    }

    /// <summary>Reads all models; names must differ.</summary>
    /// <param name="texts">As given.</param>
    /// <returns>The models.</returns>
    /// <exception cref="MedicalGptException">Two have the same name.</exception>
    public static IReadOnlyList<ComparedModel> ParseAll(IEnumerable<string> texts)
    {
        var models = texts.Select(Parse).ToList();
        return models.GroupBy(model => model.Name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new MedicalGptException("Two models have the same name.") { Place = "--models", Given = string.Join(" and ", twice.Select(model => model.Folder)), Remedy = $"name them: --models a={twice.First().Folder} b={twice.Last().Folder}" }
            : models;
    }

    /// <summary>Where the model and its adapter are.</summary>
    /// <returns>Folder of the whole model, and of the adapter on it.</returns>
    /// <exception cref="MedicalGptException">The adapter's base model is not there.</exception>
    public (string Base, string? Adapter) Locate()
    {
        if (!Directory.Exists(Folder))
            throw new MedicalGptException("The model folder does not exist.") { Place = $"--models {Name}", Given = Folder, Remedy = HubRepository.PullHint(Folder) };
        if (!ModelFiles.IsAdapter(Folder))
            return (Folder, null);
        var named = ModelConfig.Read(Path.Combine(Folder, ModelFiles.AdapterConfig)).Text("base_model_name_or_path") is { } text ? ModelNames.Folder(text) : null;
        return named is not null && Directory.Exists(named)
            ? (named, Folder)
            : throw new MedicalGptException("The adapter's base model is not there.") { Place = Path.Combine(Folder, ModelFiles.AdapterConfig), Given = named ?? "no base_model_name_or_path", Remedy = "merge the adapter first (medgpt merge), and compare the merged model" };
    }
}
