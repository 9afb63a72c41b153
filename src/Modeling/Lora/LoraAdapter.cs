using System.Text.Json.Nodes;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A LoRA adapter on a model: its branches and its files (PEFT's layout). A model may have several; each has a name, and those that are active take part.</summary>
public sealed class LoraAdapter : IDisposable
{
    /// <summary>The name of an adapter that was given none, as in PEFT.</summary>
    public const string DefaultName = "default";

    internal const string WeightsFile = "adapter_model.safetensors";
    private readonly TransformerModel model;
    private readonly AdapterLayers layers;
    private readonly JsonObject? readWith;
    private double share = 1;

    private LoraAdapter(TransformerModel model, string name, LoraOptions options, JsonObject? readWith, string place)
    {
        if (model.Adapters.Any(a => a.Name == name))
            throw new MedicalGptException($"{place}: the model already has an adapter '{name}'; give this one another name, or merge that one first ('medgpt merge')");
        this.model = model;
        this.readWith = readWith;
        Name = name;
        Options = options.Checked(place);
        layers = AdapterLayers.Create(this, model, place);
        model.Add(this);
    }

    /// <summary>Its name on this model.</summary>
    public string Name { get; }

    /// <summary>Its options.</summary>
    public LoraOptions Options { get; }

    /// <summary>True when it takes part in what the model computes (see <see cref="TransformerModel.Activate"/>).</summary>
    public bool IsActive { get; internal set; } = true;

    /// <summary>Factor of what its branches change, where active adapters are mixed; 1 at first.</summary>
    public double Share
    {
        get => share;
        set => layers.SetShare(share = value);
    }

    /// <summary>True when it holds whole copies of weights or biases, which cannot be mixed by a factor.</summary>
    public bool Replaces => layers.Replaces;

    /// <summary>Module paths that have a branch.</summary>
    public IReadOnlyList<string> TargetPaths => layers.TargetPaths;

    /// <summary>Its weights under PEFT's names.</summary>
    public IReadOnlyList<ModelParameter> Parameters => layers.Parameters;

    /// <summary>Puts a new adapter on a model and freezes the model's own weights. A score model's head is trained whole, as PEFT does for SEQ_CLS.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Its shape.</param>
    /// <param name="seed">Seed of what is drawn.</param>
    /// <param name="name">Its name on the model.</param>
    /// <returns>The adapter, which learns.</returns>
    public static LoraAdapter Attach(TransformerModel model, LoraOptions options, long seed, string name = DefaultName)
    {
        model.SetTrained(false);
        if (model is ScoreModel && options.ModulesToSave.Count == 0)
            options = options with { ModulesToSave = ["classifier", "score"] };
        var adapter = new LoraAdapter(model, name, options, null, "LoRA options");
        if (options.IdlePatterns(adapter.TargetPaths) is { Count: > 0 } idle)
            throw new MedicalGptException("A pattern names no layer that gets an adapter.") { Place = "--rank-pattern, --alpha-pattern", Given = string.Join(", ", idle), Allowed = $"names, ends of paths or regular expressions of {NameList.Of(adapter.TargetPaths)}" };
        adapter.layers.Initialize(new Generator((ulong)seed));
        return adapter;
    }

    /// <summary>Reads a PEFT folder onto a model and freezes the model's own weights.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="trained">True = the adapter goes on learning.</param>
    /// <param name="name">Its name on the model.</param>
    /// <returns>The adapter.</returns>
    /// <exception cref="MedicalGptException">A file is missing or malformed, the adapter is for another kind of model, or the weights do not fit the model; all are listed.</exception>
    public static LoraAdapter Read(TransformerModel model, string folder, bool trained, string name = DefaultName)
    {
        var (options, json) = AdapterConfig.Read(folder, model is ScoreModel);
        model.SetTrained(false);
        var adapter = new LoraAdapter(model, name, options, json, Path.Combine(folder, AdapterConfig.FileName));
        if (!File.Exists(Path.Combine(folder, WeightsFile)))
            throw new MedicalGptException("The adapter folder has no weights.") { Place = folder, Allowed = $"{WeightsFile}; pickle files (adapter_model.bin) can run code and are never loaded" };
        // PEFT stores the base's embedding beside a branch on it.
        WeightReader.Fill(folder, [WeightsFile], adapter.Parameters, n => n, null, n => n.EndsWith(".base_layer.weight", StringComparison.Ordinal), (parameter, weight) => parameter.Set(weight.Load(ScalarType.Float32, model.Device), ScalarType.Float32, trained), adapter: true);
        foreach (var parameter in adapter.Parameters)
            parameter.FileFormat = ScalarType.Float32;
        return adapter;
    }

    /// <summary>A frozen copy of it as it is now, under another name and not active: what a continued adapter is kept near.</summary>
    /// <param name="name">The copy's name.</param>
    /// <returns>The copy.</returns>
    public LoraAdapter FrozenCopy(string name)
    {
        var copy = new LoraAdapter(model, name, Options, readWith, "adapter copy") { IsActive = false };
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var (mine, its) in Parameters.Zip(copy.Parameters))
            its.Set(mine.Value.detach().clone(), ScalarType.Float32, false);
        return copy;
    }

    /// <summary>Writes <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>; an adapter that stands there is replaced when the new one is complete.</summary>
    /// <param name="folder">Made when absent.</param>
    /// <param name="baseModel">The base model's folder or name, for <c>base_model_name_or_path</c>.</param>
    public void Save(string folder, string? baseModel) => FolderUpdate.Write(folder, staging =>
    {
        WeightWriter.WriteFile(Path.Combine(staging, WeightsFile), [.. Parameters.Select(p => (p.Name, p))]);
        JsonFile.Write(Path.Combine(staging, AdapterConfig.FileName), AdapterConfig.Write(Options, TargetPaths, model is ScoreModel, baseModel, readWith), false);
    });

    /// <summary>Adds it to the model's weights in fp32, casts to each weight's format, and takes it off.</summary>
    public void Merge() => WeightMerge.Apply(model, [new AdapterShare(this, 1)], temporary: false).Dispose();

    /// <summary>Takes it off the model and frees its weights.</summary>
    public void Dispose()
    {
        layers.Remove();
        model.Remove(this);
    }
}
