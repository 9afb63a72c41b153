using System.Globalization;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>An adapter that is continued has its shape already: options that ask for another one are refused, rather than passed over.</summary>
internal static class ContinuedAdapter
{
    /// <summary>What contradicts the adapter.</summary>
    /// <param name="options">The stage's options.</param>
    /// <param name="resolution">Says which of them were given.</param>
    /// <returns>Errors.</returns>
    public static IEnumerable<OptionError> Contradictions(TrainerOptions options, OptionResolution resolution)
    {
        var asked = options.Adapter;
        if (asked.Adapter is not { } folder)
            return [];
        var given = resolution.Provenance().Where(row => row.Record == AdapterOptions.Descriptor.Name && IsGiven(row.Source)).ToDictionary(row => row.Option.Key, StringComparer.Ordinal);
        if (given.TryGetValue("use_peft", out var peft) && !asked.UsePeft)
        {
            return [new OptionError("use_peft")
            {
                Given = peft.Value,
                Source = peft.Source,
                Allowed = "true: --adapter continues an adapter",
                Remedy = "to train all weights from there, merge it first (medgpt merge) and give the result as --model-name-or-path",
            }];
        }

        if (!given.Keys.Any(key => key is not ("use_peft" or "adapter")) || !AdapterFolder.Is(folder)) // a recipe's earlier stage will make it
            return [];
        LoraOptions wanted;
        try
        {
            wanted = asked.ToLora();
        }
        catch (MedicalGptException error)
        {
            return [new OptionError("adapter", error.ToBlock())];
        }

        return from difference in Differences(wanted, AdapterFolder.Read(folder).Options, options.Model.ModelNameOrPath)
               where given.ContainsKey(difference.Key)
               let row = given[difference.Key]
               select new OptionError(difference.Key)
               {
                   Given = row.Value,
                   Source = row.Source,
                   Allowed = $"{difference.Has}, as the adapter in {folder} has it",
                   Remedy = "leave the option out, or train a fresh adapter: without --adapter",
               };
    }

    private static bool IsGiven(string source) =>
        source != OptionProvenance.RecordDefault && !source.StartsWith("stage default", StringComparison.Ordinal) && !source.StartsWith("preset ", StringComparison.Ordinal);

    private static IEnumerable<(string Key, string Has)> Differences(LoraOptions asked, LoraOptions has, string model)
    {
        if (asked.Rank != has.Rank)
            yield return ("lora_rank", Text(has.Rank));
        if (asked.Alpha != has.Alpha)
            yield return ("lora_alpha", Text(has.Alpha));
        if (asked.Dropout != has.Dropout)
            yield return ("lora_dropout", Text(has.Dropout));
        if (asked.RankStabilized != has.RankStabilized)
            yield return ("use_rslora", has.RankStabilized ? "true" : "false");
        if (asked.Dora != has.Dora)
            yield return ("use_dora", has.Dora ? "true" : "false");
        if (asked.Bias != has.Bias)
            yield return ("lora_bias", has.Bias switch { LoraBias.All => "all", LoraBias.LoraOnly => "lora_only", _ => "none" });
        if (asked.Initialization != has.Initialization)
            yield return ("init_lora_weights", has.Initialization switch { LoraInitialization.Gaussian => "gaussian", LoraInitialization.Random => "false", _ => "true" });
        var all = AdapterFolder.LinearNames(model);
        if (!asked.Targets.Names(all).SetEquals(has.Targets.Names(all)))
            yield return ("target_modules", Names(has.Targets.Names(all)));
        if (!Excluded(asked).SetEquals(Excluded(has)))
            yield return ("exclude_modules", Names(Excluded(has)));
        if (!asked.Layers.ToHashSet().SetEquals(has.Layers))
            yield return ("layers_to_transform", Names(has.Layers.Select(layer => Text(layer))));
        if (!asked.ModulesToSave.ToHashSet().SetEquals(has.ModulesToSave))
            yield return ("modules_to_save", Names(has.ModulesToSave));
        if (!asked.RankPattern.ToHashSet().SetEquals(has.RankPattern))
            yield return ("rank_pattern", Names(has.RankPattern.Select(pair => $"{pair.Key}={Text(pair.Value)}")));
        if (!asked.AlphaPattern.ToHashSet().SetEquals(has.AlphaPattern))
            yield return ("alpha_pattern", Names(has.AlphaPattern.Select(pair => $"{pair.Key}={Text(pair.Value)}")));
    }

    private static IReadOnlySet<string> Excluded(LoraOptions options) => options.Excluded?.Names(null) ?? new HashSet<string>();

    private static string Names(IEnumerable<string> names) => string.Join(",", names.Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : "none";

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
