using System.Text.Json.Nodes;
using MedicalGpt.Modeling;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Merges an adapter in fp32, writes the model in its own number types, reads it back and compares.</summary>
/// <param name="models">Reads and writes model folders.</param>
internal sealed class ModelMerge(ModelFolder models)
{
    private const int SampleRows = 4;
    private const int SampleLength = 24;

    /// <summary>Copies a whole model (the result of training all weights), its tokenizer included.</summary>
    /// <param name="source">The model's folder.</param>
    /// <param name="output">The new folder.</param>
    /// <returns>What was done.</returns>
    public static JsonObject Copy(string source, string output)
    {
        Prepare(output);
        foreach (var file in Directory.EnumerateFiles(source, "model*.safetensors*").Append(Path.Combine(source, ModelFiles.Config)))
            File.Copy(file, Path.Combine(output, Path.GetFileName(file)), overwrite: true);
        TokenizerCopy.Copy(source, output);
        return new JsonObject { ["what"] = $"{source} is a whole model, not an adapter: copied" };
    }

    /// <summary>Merges. To be called in a dispose scope without gradients.</summary>
    /// <param name="model">The base model's folder.</param>
    /// <param name="adapter">The adapter's folder.</param>
    /// <param name="output">The new folder.</param>
    /// <returns>What was done, with the largest difference.</returns>
    public JsonObject Merge(string model, string adapter, string output)
    {
        if (!Directory.Exists(adapter))
            throw new MedicalGptException("The adapter folder does not exist.") { Place = "--adapter", Given = adapter };
        var score = ModelConfig.Read(Path.Combine(RequireAdapter(adapter), ModelFiles.AdapterConfig)).Text("task_type") == "SEQ_CLS" || IsScore(model);
        var load = new LoadOptions { Adapter = adapter };
        SequenceLayout rows;
        float[] before;
        string name;
        using (var unmerged = Load(model, score, load))
        {
            rows = Sample(unmerged.Options.VocabularySize, unmerged.Options.MaxPositions);
            before = Read(unmerged, rows);
            unmerged.Adapter!.Merge();
            Prepare(output);
            ModelFolder.Save(unmerged, output);
            name = score ? unmerged.Family.ScoreArchitecture : unmerged.Family.CausalArchitecture;
        }

        TokenizerCopy.Copy(adapter, output);
        TokenizerCopy.Copy(model, output);
        using var merged = Load(output, score, new LoadOptions());
        return new JsonObject
        {
            ["what"] = $"{name} with {adapter} merged",
            ["compared"] = score ? "scores" : "logits",
            ["sample_rows"] = rows.RowCount,
            ["max_difference"] = before.Zip(Read(merged, rows), (a, b) => (double)Math.Abs(a - b)).Max(),
        };
    }

    private static string RequireAdapter(string folder) => ModelFiles.IsAdapter(folder)
        ? folder
        : throw new MedicalGptException("The folder is neither an adapter nor a model.") { Place = "--adapter", Given = folder, Allowed = $"a folder with {ModelFiles.AdapterConfig} and adapter_model.safetensors" };

    private static bool IsScore(string model) =>
        File.Exists(Path.Combine(model, ModelFiles.Config)) && ModelConfig.Read(Path.Combine(model, ModelFiles.Config)).IsScoreModel;

    private static void Prepare(string output)
    {
        Directory.CreateDirectory(output);
        // Weights of an earlier merge: shards of another layout would be read with the new ones.
        foreach (var file in Directory.EnumerateFiles(output, "model*.safetensors*").ToList())
            File.Delete(file);
    }

    private TransformerModel Load(string folder, bool score, LoadOptions options) => score ? models.LoadScore(folder, options) : models.LoadCausal(folder, options);

    private static SequenceLayout Sample(int vocabulary, int longest)
    {
        var random = new Random(1);
        return SequenceLayout.Create([.. Enumerable.Range(0, SampleRows).Select(_ => new Segment([.. Enumerable.Range(0, Math.Min(SampleLength, longest)).Select(_ => random.Next(vocabulary))]))]);
    }

    private static float[] Read(TransformerModel model, SequenceLayout rows)
    {
        using var scope = NewDisposeScope();
        long[] tokens = [.. Enumerable.Range(0, rows.TokenCount).Select(token => (long)token)];
        var values = model is ScoreModel score ? score.Score(rows, tokens) : ((CausalLanguageModel)model).Logits(rows, tokens);
        return values.cpu().data<float>().ToArray();
    }
}
