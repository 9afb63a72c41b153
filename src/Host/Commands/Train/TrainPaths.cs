using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Training;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>Checks that the folders and files of a stage exist before anything is read: all missing ones at once.</summary>
internal static class TrainPaths
{
    private static readonly string[] References = ["base", "copy", "precomputed"];

    /// <summary>What is missing.</summary>
    /// <param name="options">The stage's options.</param>
    /// <param name="resolution">Says which layer gave each.</param>
    /// <param name="promised">What earlier stages of a recipe will make; that, and what lies in it, need not exist yet.</param>
    /// <returns>Errors.</returns>
    public static IEnumerable<OptionError> Missing(TrainerOptions options, OptionResolution resolution, IReadOnlyList<string> promised)
    {
        var made = promised.Select(Path.GetFullPath).ToList();
        var (model, data) = (options.Model, options.Data);
        (string Key, string? Value, bool IsFolder)[] paths =
        [
            ("model_name_or_path", model.ModelNameOrPath, true),
            ("tokenizer_name_or_path", model.TokenizerNameOrPath, true),
            ("reward_model_path", model.RewardModelPath, true),
            ("value_model_path", model.ValueModelPath, true),
            ("reference", References.Contains(model.Reference) ? null : model.Reference, true),
            ("adapter", options.Adapter.Adapter, true),
            ("train_file_dir", data.TrainFileDir, false),
            ("validation_file_dir", data.ValidationFileDir, false),
            ("replay_rollouts", options.Rollout.ReplayRollouts, false),
        ];
        return from path in paths
               where !string.IsNullOrEmpty(path.Value)
               where !(path.IsFolder ? Directory.Exists(path.Value) : Path.Exists(path.Value)) && !made.Any(folder => PathScope.Holds(folder, Path.GetFullPath(path.Value)))
               select new OptionError(path.Key)
               {
                   Given = path.Value,
                   Source = resolution.Values.Find(path.Key)?.Source,
                   Remedy = path.IsFolder ? HubRepository.PullHint(path.Value) : null,
                   Allowed = path.IsFolder ? "an existing folder" : "an existing folder or file",
               };
    }
}
