using System.Text.Json.Nodes;
using MedicalGpt.Modeling;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Merges an adapter in fp32 and writes the model in its own number types, with its tokenizer.</summary>
/// <param name="models">Reads and writes model folders.</param>
internal sealed class ModelMerge(ModelFolder models)
{
    /// <summary>Copies a whole model (the result of training all weights), its tokenizer included.</summary>
    /// <param name="source">The model's folder.</param>
    /// <param name="output">The new folder.</param>
    /// <returns>What was done.</returns>
    public static JsonObject Copy(string source, string output)
    {
        OutputFolder.Write(output, () =>
        {
            Prepare(output);
            foreach (var file in Directory.EnumerateFiles(source, "model*.safetensors*").Append(Path.Combine(source, ModelFiles.Config)))
                File.Copy(file, Path.Combine(output, Path.GetFileName(file)), overwrite: true);
            TokenizerCopy.Copy(source, output);
        });
        return new JsonObject { ["what"] = $"{source} is a whole model, not an adapter: copied" };
    }

    /// <summary>Merges.</summary>
    /// <param name="model">The base model's folder.</param>
    /// <param name="adapter">The adapter's folder.</param>
    /// <param name="output">The new folder.</param>
    /// <returns>What was done, with the largest difference to the unmerged model on sample tokens.</returns>
    public JsonObject Merge(string model, string adapter, string output)
    {
        if (!ModelFiles.IsAdapter(adapter))
            throw new MedicalGptException(Directory.Exists(adapter) ? "The folder is neither an adapter nor a model." : "The adapter folder does not exist.") { Place = "--adapter", Given = adapter, Allowed = $"a folder with {ModelFiles.AdapterConfig} and adapter_model.safetensors" };
        var score = ModelConfig.Read(Path.Combine(adapter, ModelFiles.AdapterConfig)).Text("task_type") == "SEQ_CLS" || IsScore(model);
        var load = new LoadOptions { Adapter = adapter };
        using TransformerModel merged = score ? models.LoadScore(model, load) : models.LoadCausal(model, load);
        var difference = 0.0;
        OutputFolder.Write(output, () =>
        {
            Prepare(output);
            difference = AdapterMerge.Run(merged, output);
            TokenizerCopy.Copy(adapter, output);
            TokenizerCopy.Copy(model, output);
        });
        return new JsonObject
        {
            ["what"] = $"{(score ? merged.Family.ScoreArchitecture : merged.Family.CausalArchitecture)} with {adapter} merged",
            ["compared"] = score ? "scores" : "logits",
            ["max_difference"] = difference,
        };
    }

    private static bool IsScore(string model) =>
        File.Exists(Path.Combine(model, ModelFiles.Config)) && ModelConfig.Read(Path.Combine(model, ModelFiles.Config)).IsScoreModel;

    private static void Prepare(string output)
    {
        Directory.CreateDirectory(output);
        // Weights of an earlier merge: shards of another layout would be read with the new ones.
        foreach (var file in Directory.EnumerateFiles(output, "model*.safetensors*").ToList())
            File.Delete(file);
    }
}
