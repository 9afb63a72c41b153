using MedicalGpt.Modeling;
using MedicalGpt.Models.Qwen;
using MedicalGpt.Tests;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>Real tiny Qwen2 models of the golden cases in the roles of a stage.</summary>
public sealed class RunModels : ITrainedModels
{
    private readonly List<TransformerModel> loaded = [];
    private CausalLanguageModel? policy;
    private ScoreModel? score, value;

    public static ModelFolder Folder { get; } = new(new ModelFamilies([new Qwen2Family()]));

    public ICausalModel Policy => policy ?? throw new InvalidOperationException("no policy");

    public ICausalModel Reference { get; private init; } = null!;

    public IScoreModel Score => score ?? throw new InvalidOperationException("no score model");

    public IScoreModel Reward { get; private init; } = null!;

    public IScoreModel Value => value ?? throw new InvalidOperationException("no value model");

    public int VocabularySize => loaded.Min(model => model.Options.VocabularySize);

    public string Summary => "golden models";

    public IReadOnlyList<TrainedWeight> Weights =>
    [
        .. Trained(policy, "").Concat(Trained(score, "")).Concat(Trained(value, "value_model.")),
    ];

    /// <summary>Policy with a LoRA adapter that learns; the reference is the policy with its adapter off.</summary>
    public static RunModels Lora(GoldenRun run)
    {
        var folder = Golden.Fixture(run.Golden.Case.GetProperty("base_model").GetString()!);
        var policy = Folder.LoadCausal(folder, new LoadOptions { Device = TestDevice.Name, Adapter = Path.Combine(run.Golden.Folder, "initial_adapter"), AdapterTrained = true });
        return new RunModels { policy = policy, Reference = new FrozenCausalModel(policy, adapterOff: true) }.Own(policy);
    }

    /// <summary>Score model whose every weight learns.</summary>
    public static RunModels FullScore()
    {
        var score = Folder.LoadScore(Golden.Fixture("seqcls/qwen2_rm/model"), new LoadOptions { Device = TestDevice.Name, Trained = true });
        return new RunModels { score = score }.Own(score);
    }

    /// <summary>PPO's four models, policy and value model learning with every weight.</summary>
    public static RunModels FullPpo()
    {
        var policy = Folder.LoadCausal(Golden.Fixture("models/qwen2_tied/model"), new LoadOptions { Device = TestDevice.Name, Trained = true });
        var reference = Folder.LoadCausal(Golden.Fixture("models/qwen2_tied/model"), new LoadOptions { Device = TestDevice.Name });
        var reward = Folder.LoadScore(Golden.Fixture("seqcls/qwen2_rm/model"), new LoadOptions { Device = TestDevice.Name });
        var value = Folder.LoadScore(Golden.Fixture("seqcls/qwen2_rm/model"), new LoadOptions { Device = TestDevice.Name, Trained = true });
        return new RunModels { policy = policy, value = value, Reference = new FrozenCausalModel(reference, false), Reward = new FrozenScoreModel(reward) }.Own(policy, reference, reward, value);
    }

    public void SetTraining(bool training)
    {
        foreach (var model in loaded)
            model.Dropout = training;
    }

    public void Save(string directory)
    {
        if (policy?.Adapter is { } adapter)
            adapter.Save(directory, null);
        else
            ModelFolder.Save((TransformerModel?)policy ?? score!, directory);
        if (value is not null)
            ModelFolder.Save(value, Path.Combine(directory, "value_model"));
    }

    public void Dispose()
    {
        foreach (var model in loaded)
            model.Dispose();
    }

    private static IEnumerable<TrainedWeight> Trained(TransformerModel? model, string prefix) =>
        model?.TrainableParameters().Select(p => new TrainedWeight(prefix + p.Name, p.Value, p.Decays)) ?? [];

    private RunModels Own(params TransformerModel[] models)
    {
        loaded.AddRange(models);
        return this;
    }
}
