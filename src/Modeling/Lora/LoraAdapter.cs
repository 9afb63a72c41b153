using System.Text.Json.Nodes;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A LoRA adapter on a model: its branches, its files (PEFT's layout), merging.</summary>
public sealed class LoraAdapter
{
    private const string WeightsFile = "adapter_model.safetensors";
    private const string Prefix = "base_model.model.";
    private readonly TransformerModel model;
    private readonly LinearLayer[] targets;
    private readonly LinearLayer[] replaced;
    private readonly JsonObject? readWith;

    private LoraAdapter(TransformerModel model, LoraOptions options, JsonObject? readWith, string place)
    {
        if (model.Adapter is not null)
            throw new MedicalGptException($"{place}: the model already has an adapter; merge it first ('medgpt merge')");
        this.model = model;
        this.readWith = readWith;
        Options = options.Checked(place);
        var linears = model.Linears.ToDictionary(l => l.Path, StringComparer.Ordinal);
        // PEFT lists both names that transformers gives to classification heads; a model has one of them.
        var wholes = options.ModulesToSave.Where(m => m != "classifier" || options.ModulesToSave.Count == 1).ToArray();
        foreach (var module in wholes.Where(m => m != model.Head.Path || model.Head.Weight == model.Decoder.Embedding))
            throw new MedicalGptException($"{place}: modules_to_save '{module}' is not supported for this model; supported is '{model.Head.Path}' when it is not tied to the embedding");
        replaced = [.. wholes.Select(m => linears[m])];
        targets = [.. Options.Targets.Select([.. linears.Keys.Except(wholes)], place).Select(p => linears[p])];
        foreach (var linear in targets)
        {
            var (outputs, inputs) = (linear.Weight.Shape[0], linear.Weight.Shape[1]);
            linear.Lora = new LoraBranch(
                new ModelParameter($"{Prefix}{linear.Path}.lora_A.weight", [Options.Rank, inputs]),
                new ModelParameter($"{Prefix}{linear.Path}.lora_B.weight", [outputs, Options.Rank]),
                Options.Scale,
                Options.Dropout);
        }

        foreach (var linear in replaced)
            linear.Replacement = new ModelParameter($"{Prefix}{linear.Path}.weight", linear.Weight.Shape);
        model.Adapter = this;
    }

    /// <summary>Its options.</summary>
    public LoraOptions Options { get; }

    /// <summary>Module paths that have a branch.</summary>
    public IReadOnlyList<string> TargetPaths => [.. targets.Select(t => t.Path)];

    /// <summary>Its weights under PEFT's names.</summary>
    public IReadOnlyList<ModelParameter> Parameters =>
        [.. targets.SelectMany(t => new[] { t.Lora!.A, t.Lora.B }), .. replaced.Select(r => r.Replacement!)];

    /// <summary>Puts a new adapter on a model and freezes the model's own weights: A ~ U(−1/√in, 1/√in), B = 0. A score model's head is trained whole, as PEFT does for SEQ_CLS.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Its shape.</param>
    /// <param name="seed">Seed of A.</param>
    /// <returns>The adapter, which learns.</returns>
    public static LoraAdapter Attach(TransformerModel model, LoraOptions options, long seed)
    {
        model.SetTrained(false);
        if (model is ScoreModel && options.ModulesToSave.Count == 0)
            options = options with { ModulesToSave = ["classifier", "score"] };
        var adapter = new LoraAdapter(model, options, null, "LoRA options");
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var generator = new Generator((ulong)seed);
        foreach (var linear in adapter.targets)
        {
            var bound = 1.0 / Math.Sqrt(linear.Weight.Shape[1]);
            linear.Lora!.A.Set(empty(linear.Lora.A.Shape).uniform_(-bound, bound, generator).to(model.Device), ScalarType.Float32, true);
            linear.Lora.B.Set(zeros(linear.Lora.B.Shape).to(model.Device), ScalarType.Float32, true);
        }

        foreach (var linear in adapter.replaced)
            linear.Replacement!.Set(linear.Weight.Value.to(ScalarType.Float32).clone(), ScalarType.Float32, true);
        return adapter;
    }

    /// <summary>Reads a PEFT folder onto a model and freezes the model's own weights.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="trained">True = the adapter goes on learning.</param>
    /// <returns>The adapter.</returns>
    /// <exception cref="MedicalGptException">A file is missing or malformed, the adapter is for another kind of model, or the weights do not fit the model; all are listed.</exception>
    public static LoraAdapter Read(TransformerModel model, string folder, bool trained)
    {
        var (options, json) = AdapterConfig.Read(folder, model is ScoreModel);
        model.SetTrained(false);
        var adapter = new LoraAdapter(model, options, json, Path.Combine(folder, AdapterConfig.FileName));
        if (!File.Exists(Path.Combine(folder, WeightsFile)))
            throw new MedicalGptException("The adapter folder has no weights.") { Place = folder, Allowed = $"{WeightsFile}; pickle files (adapter_model.bin) can run code and are never loaded" };
        WeightReader.Fill(folder, [WeightsFile], adapter.Parameters, name => name, null, _ => false, (parameter, weight) => parameter.Set(weight.Load(ScalarType.Float32, model.Device), ScalarType.Float32, trained), adapter: true);
        foreach (var parameter in adapter.Parameters)
            parameter.FileFormat = ScalarType.Float32;
        return adapter;
    }

    /// <summary>Writes <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="baseModel">The base model's folder or name, for <c>base_model_name_or_path</c>.</param>
    public void Save(string folder, string? baseModel)
    {
        JsonFile.Write(Path.Combine(folder, AdapterConfig.FileName), AdapterConfig.Write(Options, TargetPaths, model is ScoreModel, baseModel, readWith), false);
        WeightWriter.WriteFile(Path.Combine(folder, WeightsFile), [.. Parameters.Select(p => (p.Name, p))]);
    }

    /// <summary>Adds the branches to the weights, W + s · B A in fp32 then cast to the weight's format, and takes the adapter off.</summary>
    public void Merge()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var linear in targets)
        {
            using var inner = NewDisposeScope();
            var weight = linear.Weight.Value;
            linear.Weight.Set(weight.to(ScalarType.Float32).add(linear.Lora!.Delta()), weight.dtype, false);
        }

        foreach (var linear in replaced)
            linear.Weight.Set(linear.Replacement!.Value.clone(), linear.Weight.Value.dtype, false);
        TakeOff();
    }

    private void TakeOff()
    {
        foreach (var parameter in Parameters)
            parameter.Dispose();
        foreach (var linear in targets)
            linear.Lora = null;
        foreach (var linear in replaced)
            linear.Replacement = null;
        model.Adapter = null;
    }
}
