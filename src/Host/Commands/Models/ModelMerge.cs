using System.Text.Json.Nodes;
using MedicalGpt.Modeling;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Merges an adapter in fp32 and writes the model in its own number types, with its tokenizer.</summary>
/// <param name="models">Reads and writes model folders.</param>
/// <param name="device">Where it computes.</param>
internal sealed class ModelMerge(ModelFolder models, string device)
{
    /// <summary>Copies a whole model (the result of training all weights), its tokenizer included.</summary>
    /// <param name="source">The model's folder.</param>
    /// <param name="output">The new folder.</param>
    /// <returns>What was done.</returns>
    public static JsonObject Copy(string source, string output)
    {
        OutputFolder.Write(output, folder =>
        {
            foreach (var file in Directory.EnumerateFiles(source, "model*.safetensors*").Append(Path.Combine(source, ModelFiles.Config)))
                CopyFile(file, Path.Combine(folder, Path.GetFileName(file)));
            TokenizerCopy.Copy(source, folder);
        }, stale: TokenizerCopy.Earlier(output, source));
        return new JsonObject { ["what"] = $"{source} is a whole model, not an adapter: copied" };
    }

    /// <summary>Writes a whole model again, in weight files of another size.</summary>
    /// <param name="source">The model's folder.</param>
    /// <param name="output">The new folder.</param>
    /// <param name="largestShard">Most bytes of a weight file.</param>
    /// <returns>What was done.</returns>
    public JsonObject Cut(string source, string output, long largestShard)
    {
        using TransformerModel model = IsScore(source) ? models.LoadScore(source, new LoadOptions()) : models.LoadCausal(source, new LoadOptions());
        OutputFolder.Write(output, folder =>
        {
            ModelFolder.Save(model, folder, largestShard);
            TokenizerCopy.Copy(source, folder);
        }, stale: TokenizerCopy.Earlier(output, source));
        return new JsonObject { ["what"] = $"{source} is a whole model, not an adapter: written again" };
    }

    /// <summary>Merges.</summary>
    /// <param name="model">The base model's folder.</param>
    /// <param name="adapters">The adapters.</param>
    /// <param name="packed">How the base was packed while the adapters learned; null = as its folder says.</param>
    /// <param name="output">The new folder.</param>
    /// <param name="largestShard">Most bytes of a weight file; null = files as those of the base model.</param>
    /// <returns>What was done, with the largest difference to the unmerged model on sample prompts.</returns>
    public JsonObject Merge(string model, IReadOnlyList<MergedAdapter> adapters, QuantizationOptions? packed, string output, long? largestShard)
    {
        MergedAdapter.Check(adapters);
        var score = ModelConfig.Read(Path.Combine(adapters[0].Folder, ModelFiles.AdapterConfig)).Text("task_type") == "SEQ_CLS" || IsScore(model);
        var load = new LoadOptions { Quantization = packed, Dequantize = true, Device = device };
        using TransformerModel merged = score ? models.LoadScore(model, load) : models.LoadCausal(model, load);
        var wasPacked = packed is not null || QuantizationConfig.Read(merged.Config) is not null;
        var shares = adapters.Select((a, i) => new AdapterShare(LoraAdapter.Read(merged, a.Folder, trained: false, $"adapter {i + 1}"), a.Weight)).ToList();
        if (merged is ScoreModel scores)
            scores.RequireHead("--adapter", string.Join(", ", adapters.Select(a => a.Folder)));
        var samples = SamplePrompts.Encode(model, merged.Options.VocabularySize);
        MergeReport? report = null;
        OutputFolder.Write(output, folder =>
        {
            report = AdapterMerge.Run(merged, folder, shares, samples, largestShard);
            TokenizerCopy.Copy(adapters[0].Folder, folder);
            TokenizerCopy.Copy(model, folder);
        }, stale: TokenizerCopy.Earlier(output));
        return new JsonObject
        {
            ["what"] = $"{(score ? merged.Family.ScoreArchitecture : merged.Family.CausalArchitecture)} with {string.Join(" and ", adapters)} merged{(wasPacked ? " into its unpacked weights, which are written in full precision" : "")}",
            ["compared"] = score ? "scores" : "logits",
            ["max_difference"] = report!.Difference,
            ["cast_difference"] = report.CastDifference,
        };
    }

    private static void CopyFile(string source, string target)
    {
        try
        {
            File.Copy(source, target, overwrite: true);
        }
        catch (ArgumentOutOfRangeException error)
        {
            // .NET reports a file beyond the allowed size (EFBIG) like this.
            throw new IOException($"{target} cannot be written: the file would be larger than this system allows", error);
        }
    }

    private static bool IsScore(string model) =>
        File.Exists(Path.Combine(model, ModelFiles.Config)) && ModelConfig.Read(Path.Combine(model, ModelFiles.Config)).IsScoreModel;
}
