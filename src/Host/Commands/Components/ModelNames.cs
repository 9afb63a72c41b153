using MedicalGpt.Options;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Components;

/// <summary>Options that name a model, tokenizer or adapter take a folder, or the name of a repository that was pulled into the hub's cache. Nothing is downloaded here.</summary>
internal static class ModelNames
{
    private static readonly HashSet<string> Keys =
    [
        "model", "model_name_or_path", "base_model", "sft_model_path", "tokenizer", "tokenizer_name_or_path", "tokenizer_path", "adapter", "peft_path", "lora_model",
        "reference", "ref_model", "ref_model_path", "reward_model", "reward_model_path", "value_model", "value_model_path",
    ];

    /// <summary>The folder that a text means: itself where it exists, else the snapshot of the repository in the cache, else itself.</summary>
    /// <param name="text">A folder or <c>owner/name</c>.</param>
    /// <param name="cache">The cache; null = the environment's.</param>
    /// <returns>A folder.</returns>
    public static string Folder(string text, HubCache? cache = null) =>
        !HubRepository.IsId(text) || Path.Exists(text) ? text : (cache ?? HubCache.FromEnvironment()).Snapshot(new HubRepository(HubRepositoryKind.Model, text)) ?? text;

    /// <summary>The same for every option of a layer that names a model.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="promised">Folders that earlier stages of a recipe will make: these names are meant as folders.</param>
    /// <returns>The layer with folders.</returns>
    public static OptionLayer Located(OptionLayer layer, IReadOnlyList<string> promised) => new(layer.Name, layer.Settings.Select(setting => Located(setting, promised)))
    {
        Errors = layer.Errors,
        IsShared = layer.IsShared,
    };

    private static OptionSetting Located(OptionSetting setting, IReadOnlyList<string> promised)
    {
        if (!Keys.Contains(OptionNames.Normalize(setting.Name)) || setting.Items.Count != 1 || promised.Any(folder => PathScope.Holds(Path.GetFullPath(folder), Path.GetFullPath(setting.Text))))
            return setting;
        var folder = Folder(setting.Text);
        return folder == setting.Text ? setting : new OptionSetting(setting.Name, setting.Source, folder) { IsList = setting.IsList };
    }
}
