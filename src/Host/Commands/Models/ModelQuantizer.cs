using System.Text.Json.Nodes;
using MedicalGpt.Modeling;
using MedicalGpt.Training;
using MedicalGpt.Training.Templates;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Packs a model and compares it with the original.</summary>
/// <param name="models">Reads and writes model folders.</param>
/// <param name="device">Where it computes.</param>
internal sealed class ModelQuantizer(ModelFolder models, string device)
{
    // Tokens that both models read at once; bounds two [tokens, V] tensors.
    private const int BlockTokens = 128;

    /// <summary>Packs, writes, compares.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="cancellation">Stops between blocks of the comparison.</param>
    /// <returns>The report.</returns>
    public JsonObject Run(QuantizeOptions options, CancellationToken cancellation)
    {
        var config = ModelConfig.Read(Path.Combine(options.Model, ModelFiles.Config));
        if (QuantizationConfig.Read(config) is not null)
            throw new MedicalGptException("The model is packed already.") { Place = "--model", Given = options.Model, Allowed = "a model in full precision" };
        var load = new LoadOptions { Quantization = How(options), Device = device };
        using TransformerModel packed = config.IsScoreModel ? models.LoadScore(options.Model, load) : models.LoadCausal(options.Model, load);
        OutputFolder.Write(options.OutputDir, folder =>
        {
            ModelFolder.Save(packed, folder, ByteSize.ParseOptional(options.MaxShardSize, "--max-shard-size"));
            TokenizerCopy.Copy(options.Model, folder);
        }, stale: TokenizerCopy.Earlier(options.OutputDir, options.Model));
        var report = new JsonObject
        {
            ["type"] = options.Type,
            ["packed_layers"] = packed.Parameters.Count(p => p.IsPacked),
            ["original_megabytes"] = Megabytes(options.Model),
            ["packed_megabytes"] = Megabytes(options.OutputDir),
        };
        if (options.MaxTokens > 0 && packed is CausalLanguageModel language && (options.Text is not null || File.Exists(Path.Combine(options.Model, "tokenizer.json"))))
            Compare(language, options, report, cancellation);
        return report;
    }

    private static QuantizationOptions How(QuantizeOptions options) => new()
    {
        Type = options.Type switch { "int8" => QuantizationType.Int8, "fp4" => QuantizationType.Fp4, _ => QuantizationType.Nf4 },
        DoubleQuantization = options.DoubleQuant,
        Int8Threshold = options.Int8Threshold,
        SkippedModules = options.SkipModules,
    };

    private void Compare(CausalLanguageModel packed, QuantizeOptions options, JsonObject report, CancellationToken cancellation)
    {
        var (ids, text) = Ids(options, packed.VocabularySize);
        if (ids.Length < 2)
            throw new MedicalGptException("The text is too short to compare models on.") { Place = "--text", Given = $"{ids.Length} tokens", Allowed = "2 or more" };
        using var original = models.LoadCausal(options.Model, new LoadOptions { Device = device });
        var (tokens, first, second, divergence, largest, same) = (0, 0.0, 0.0, 0.0, 0.0, 0L);
        foreach (var block in ids.Chunk(BlockTokens).Where(b => b.Length > 1))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var layout = SequenceLayout.Create([new Segment(block)]);
            var places = Enumerable.Range(0, block.Length - 1).Select(i => (long)i).ToArray();
            var targets = tensor(block[1..].Select(id => (long)id).ToArray()).unsqueeze(1);
            var (p, q) = (LogProbs(original, layout, places), LogProbs(packed, layout, places));
            var kl = p.exp().mul(p.sub(q)).sum(-1);
            tokens += places.Length;
            first -= p.gather(1, targets.to(p.device)).sum().item<float>();
            second -= q.gather(1, targets.to(q.device)).sum().item<float>();
            divergence += kl.sum().item<float>();
            largest = Math.Max(largest, kl.max().item<float>());
            same += p.argmax(-1).eq(q.argmax(-1)).sum().item<long>();
        }

        report["text"] = text;
        report["tokens"] = tokens;
        report["original_perplexity"] = Math.Exp(first / tokens);
        report["packed_perplexity"] = Math.Exp(second / tokens);
        report["mean_kl"] = divergence / tokens;
        report["max_kl"] = largest;
        report["same_top_token"] = (double)same / tokens;
    }

    private static Tensor LogProbs(CausalLanguageModel model, SequenceLayout layout, long[] places) =>
        nn.functional.log_softmax(model.Logits(layout, places), -1);

    private static (int[] Ids, string Text) Ids(QuantizeOptions options, int vocabulary)
    {
        var encoder = ExampleEncoder.Load(options.Model);
        var text = options.Text is { } file ? File.ReadAllText(file) : string.Join("\n\n", SamplePrompts.Texts);
        return ([.. encoder.EncodeText(text).Where(id => id < vocabulary).Take(options.MaxTokens)], options.Text ?? "the built-in sample");
    }

    private static double Megabytes(string folder) => ModelFiles.Weights(folder).Sum(f => new FileInfo(f).Length) / 1e6;
}
