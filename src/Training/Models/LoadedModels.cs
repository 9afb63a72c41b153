using MedicalGpt.Modeling;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Training;

/// <summary>The loaded models of a stage by role.</summary>
public sealed class LoadedModels : ITrainedModels
{
    private const string ValueFolder = "value_model";
    private readonly List<IDisposable> owned = [];
    private readonly List<(TransformerModel Model, string Base)> trained = [];
    private readonly long? largestShard;
    private ICausalModel? reference;
    private IScoreModel? reward;
    private CausalLanguageModel? policy;
    private ScoreModel? score, value;

    internal LoadedModels(long? largestShard) => this.largestShard = largestShard;

    /// <inheritdoc/>
    public IReadOnlyList<TrainedWeight> Weights { get; private set; } = [];

    /// <summary>The policy with what generation needs.</summary>
    public CausalLanguageModel PolicyModel => policy ?? throw Missing(ModelRoles.Policy);

    /// <inheritdoc/>
    public ICausalModel Policy => PolicyModel;

    /// <inheritdoc/>
    public ICausalModel Reference => reference ?? throw Missing(ModelRoles.Reference);

    /// <inheritdoc/>
    public IScoreModel Score => score ?? throw Missing(ModelRoles.Score);

    /// <inheritdoc/>
    public IScoreModel Reward => reward ?? throw Missing(ModelRoles.Reward);

    /// <inheritdoc/>
    public IScoreModel Value => value ?? throw Missing(ModelRoles.Value);

    /// <inheritdoc/>
    public int VocabularySize => trained.Min(t => t.Model.Options.VocabularySize);

    /// <inheritdoc/>
    public string Summary => string.Join("; ", trained.Select(t => Describe(t.Model)).Concat(trained.Select(t => t.Model.Precision.Notice).OfType<string>().Distinct()));

    /// <inheritdoc/>
    public void SetTraining(bool training)
    {
        foreach (var (model, _) in trained)
            model.Dropout = training;
    }

    /// <inheritdoc/>
    public void Save(string directory)
    {
        foreach (var (model, baseFolder) in trained)
        {
            var folder = model == value ? Path.Combine(directory, ValueFolder) : directory;
            Directory.CreateDirectory(folder);
            if (model.Adapter is { } adapter)
                adapter.Save(folder, HubCache.RepositoryOf(baseFolder)?.Id ?? baseFolder);
            else
                ModelFolder.Save(model, folder, largestShard);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var model in owned)
            model.Dispose();
    }

    internal void SetPolicy(CausalLanguageModel model, string baseFolder) => Train(policy = model, baseFolder, "");

    internal void SetScore(ScoreModel model, string baseFolder) => Train(score = model, baseFolder, "");

    internal void SetValue(ScoreModel model, string baseFolder) => Train(value = model, baseFolder, ValueFolder + ".");

    internal void SetReference((FrozenCausalModel Model, IDisposable? Owned) loaded)
    {
        reference = loaded.Model;
        if (loaded.Owned is { } copy)
            owned.Add(copy);
    }

    internal void SetReward(ScoreModel model)
    {
        owned.Add(model);
        reward = new FrozenScoreModel(model);
    }

    internal void SetCheckpointing(Checkpointing? checkpointing)
    {
        foreach (var (model, _) in trained)
            model.Checkpointing = checkpointing;
    }

    private static string Describe(TransformerModel model)
    {
        var all = model.Parameters.Concat(model.Adapter?.Parameters ?? []).Sum(p => p.Count);
        var moved = model.TrainableParameters().Sum(p => p.Count);
        var how = model.Adapter is { } adapter ? $"LoRA of rank {adapter.Options.Rank} on {adapter.TargetPaths.Count} layers" : "all weights";
        var packed = model.Parameters.FirstOrDefault(p => p.IsPacked) is null ? "" : FormattableString.Invariant($", base in {model.Parameters.Sum(p => p.Bytes) / 1e6:N1} MB with {(model.Quantization?.Type == QuantizationType.Int8 ? 8 : 4)}-bit linear layers");
        return FormattableString.Invariant($"{model.Config.Architecture}: {all:N0} parameters, {moved:N0} trained ({how}){packed}{Place(model)}");
    }

    private static string Place(TransformerModel model) =>
        ComputeDevice.Card(model.Device.ToString()) is { } card ? $", on {model.Device} ({Cuda.Name(card)})" : "";

    private static InvalidOperationException Missing(ModelRoles role) =>
        new($"the algorithm reads the {role} model, which it did not ask for: add ModelRoles.{role} to its Roles");

    private void Train(TransformerModel model, string baseFolder, string prefix)
    {
        owned.Add(model);
        trained.Add((model, baseFolder));
        Weights = [.. Weights, .. model.TrainableParameters().Select(p => new TrainedWeight(prefix + p.Name, p.Value, p.Decays))];
    }
}
