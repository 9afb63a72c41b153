using MedicalGpt.Modeling;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>Loads the models of a stage as its options say.</summary>
/// <param name="folders">Reads model folders.</param>
/// <param name="options">Options.</param>
public sealed class StageModels(ModelFolder folders, TrainerOptions options)
{
    private const string ReferenceAdapter = "reference";
    private string? device;

    private string BaseFolder => options.Model.ModelNameOrPath;

    private long? LargestShard => ByteSize.ParseOptional(options.Run.MaxShardSize, "--max-shard-size");

    private bool UsesAdapter => options.Adapter.UsePeft || options.Adapter.Adapter is not null;

    /// <summary>Checks what can be checked without loading weights.</summary>
    /// <param name="roles">Models that the algorithm works with.</param>
    /// <exception cref="MedicalGptException">Options contradict each other, or a folder is missing.</exception>
    public void Check(ModelRoles roles)
    {
        ModelPlace.Of("model_name_or_path", BaseFolder, BaseFolder);
        _ = LargestShard;
        if (options.QuantizedBase.IsAsked && !UsesAdapter)
            throw new MedicalGptException("A quantised base cannot be trained itself.") { Place = options.QuantizedBase.LoadIn8Bit ? "--load-in-8bit" : "--load-in-4bit", Given = "--use-peft false", Allowed = "--use-peft true: adapters on it learn" };
        if (UsesAdapter && options.Adapter.Adapter is null)
            _ = Lora();
        if (roles.HasFlag(ModelRoles.Reference))
            _ = ReferenceOption();
        if (roles.HasFlag(ModelRoles.Reward) && options.Model.RewardModelPath is null)
            throw new MedicalGptException("The stage needs a reward model, and none is given.") { Place = "--reward-model-path", Allowed = "the output folder of medgpt train rm", Remedy = "name it, or score answers with functions alone: --reward-source functions --reward-functions NAME" };
        if (options.Model.RewardModelPath is { } reward)
            ModelPlace.Of("reward_model_path", reward, BaseFolder);
        if (options.Model.ValueModelPath is { } value)
            ModelPlace.Of("value_model_path", value, BaseFolder);
        if (options.Adapter.Adapter is { } adapter && ModelPlace.Of("adapter", adapter, BaseFolder).Adapter is null)
            throw new MedicalGptException("The folder is no adapter: it has no adapter_config.json.") { Place = "--adapter", Given = adapter, Allowed = "a PEFT adapter folder", Remedy = "give a whole model as --model-name-or-path" };
    }

    /// <summary>Loads the models; on the compute thread.</summary>
    /// <param name="roles">Models that the algorithm works with.</param>
    /// <returns>The models.</returns>
    public LoadedModels Load(ModelRoles roles)
    {
        Check(roles);
        device = options.Device.Activate();
        if (options.Model.Threads > 0)
            set_num_threads(options.Model.Threads);
        var models = new LoadedModels(LargestShard);
        try
        {
            if (roles.HasFlag(ModelRoles.Policy))
                models.SetPolicy(folders.LoadCausal(BaseFolder, Trained()), BaseFolder);
            if (roles.HasFlag(ModelRoles.Score))
                models.SetScore(folders.LoadScore(BaseFolder, Trained()), BaseFolder);
            if (roles.HasFlag(ModelRoles.Reference))
                models.SetReference(LoadReference(models));
            if (roles.HasFlag(ModelRoles.Reward))
                models.SetReward(LoadReward(options.Model.RewardModelPath!));
            if (roles.HasFlag(ModelRoles.Value))
                models.SetValue(LoadValue(), ValuePlace().Base);
            models.SetCheckpointing(options.Model.Checkpointing);
            return models;
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    /// <summary>Loads a frozen reward model, for <see cref="LearnedReward"/> too; on the compute thread.</summary>
    /// <param name="folder">Its folder, or that of an adapter on the trained model's base.</param>
    /// <returns>The model.</returns>
    public ScoreModel LoadReward(string folder)
    {
        var place = ModelPlace.Of("reward_model_path", folder, BaseFolder);
        var model = folders.LoadScore(place.Base, Frozen() with { Adapter = place.Adapter });
        try
        {
            model.RequireHead("--reward-model-path", folder);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private (FrozenCausalModel Model, IDisposable? Owned) LoadReference(LoadedModels models)
    {
        var kind = ReferenceOption();
        if (kind == "base")
            return (new FrozenCausalModel(models.PolicyModel, adapterOff: true), null);
        if (kind == "copy" && options.Adapter.Adapter is not null)
        {
            // A frozen copy of the adapter on the same base: no second base in memory.
            models.PolicyModel.Adapter!.FrozenCopy(ReferenceAdapter);
            return (new FrozenCausalModel(models.PolicyModel, adapterOff: false, ReferenceAdapter), null);
        }

        var place = kind == "copy" ? new ModelPlace(BaseFolder, options.Adapter.Adapter) : ModelPlace.Of("reference", kind, BaseFolder);
        var copy = folders.LoadCausal(place.Base, Frozen() with { Adapter = place.Adapter });
        return (new FrozenCausalModel(copy, adapterOff: false), copy);
    }

    /// <summary>base, copy or a folder.</summary>
    private string ReferenceOption()
    {
        switch (options.Model.Reference)
        {
            case null or "":
                return UsesAdapter && options.Adapter.Adapter is null ? "base" : "copy";
            case "base" when !UsesAdapter:
                throw new MedicalGptException("--reference base means the model with its adapter switched off, and this run trains all weights (--use_peft false); give --reference copy or a model folder");
            case "precomputed":
                throw new MedicalGptException("--reference precomputed is not available yet; give base, copy or a model folder");
            case "base" or "copy":
                return options.Model.Reference;
            default:
                ModelPlace.Of("reference", options.Model.Reference, BaseFolder);
                return options.Model.Reference;
        }
    }

    private ModelPlace ValuePlace() => ModelPlace.Of(
        options.Model.ValueModelPath is null ? "reward_model_path" : "value_model_path",
        options.Model.ValueModelPath ?? options.Model.RewardModelPath ?? BaseFolder,
        BaseFolder);

    private ScoreModel LoadValue()
    {
        var place = ValuePlace();
        var load = Trained() with { Adapter = place.Adapter, AdapterTrained = place.Adapter is not null };
        if (place.Adapter is not null)
            load = load with { NewAdapter = null, Trained = false };
        else if (UsesAdapter)
            load = load with { NewAdapter = Lora(), Trained = false };
        return folders.LoadScore(place.Base, load);
    }

    private LoadOptions Frozen()
    {
        device ??= options.Device.Activate();
        return new LoadOptions { Precision = options.Precision.Formats(device), Seed = options.Run.Seed, Quantization = options.QuantizedBase.Quantization, Device = device };
    }

    private LoadOptions Trained() => Frozen() with
    {
        Trained = !UsesAdapter,
        Adapter = options.Adapter.Adapter,
        AdapterTrained = options.Adapter.Adapter is not null,
        NewAdapter = UsesAdapter && options.Adapter.Adapter is null ? Lora() : null,
    };

    private LoraOptions Lora() => options.Adapter.ToLora();
}
