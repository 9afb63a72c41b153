using System.Globalization;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Torch;
using MedicalGpt.Training;
using MedicalGpt.Training.Planning;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Plan;

/// <summary>A stage as its options describe it, without its weights.</summary>
internal sealed class PlannedStage
{
    private readonly PlanOptions _options;
    private readonly Lazy<PlanSetup> _setup;

    /// <summary>Reads the options.</summary>
    /// <param name="families">Model families of the plugins.</param>
    /// <param name="resolution">All options of the stage.</param>
    /// <param name="options">Those of the plan.</param>
    public PlannedStage(Func<ModelFamilies> families, OptionResolution resolution, PlanOptions options)
    {
        _options = options;
        var model = resolution.Bind<ModelOptions>();
        var adapter = resolution.Bind<AdapterOptions>();
        var quantized = resolution.Bind<QuantizedBaseOptions>();
        resolution.Bind<OptimizerOptions>();
        Run = resolution.Bind<RunOptions>();
        var values = resolution.Provenance().DistinctBy(option => option.Option.Key).ToDictionary(option => option.Option.Key, option => option.Value);
        double? Number(string key) => values.TryGetValue(key, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        Budget = options.Memory is { } memory ? Quantity.Bytes("--memory", memory) : null;
        Method = options.Method;
        Episodes = Number("total_episodes");
        var shape = StageShapes.Of(options.Method, Number, new BatchShape(Run.PerDeviceTrainBatchSize, Run.GradientAccumulationSteps), options.LearnedShare);
        if (values.GetValueOrDefault("reward_source", "").Equals("functions", StringComparison.OrdinalIgnoreCase))
            shape = shape with { UsesRewardModel = false };
        var precision = quantized.Compute(model.EffectivePrecision);
        var narrow = precision != ComputePrecision.Fp32;
        Format = precision switch { ComputePrecision.Bf16 => ScalarType.BFloat16, ComputePrecision.Fp16 => ScalarType.Float16, _ => ScalarType.Float32 };
        _setup = new Lazy<PlanSetup>(() => Plan(PlannedModel.Of(model.ModelNameOrPath, adapter)));

        PlanSetup Plan(PlannedModel planned) => new(Read(families, planned.Folder), shape)
        {
            StoredBytes = narrow ? 2 : 4,
            ComputeBytes = narrow ? Bytes(precision) : 4,
            NarrowComputeBytes = Bytes(ComputePrecision.Bf16),
            NarrowFlag = quantized.ComputeDtype is null ? "--bf16 True" : "--bnb_4bit_compute_dtype bfloat16",
            QuantizedBits = quantized.LoadIn8Bit ? 8.1 : !quantized.IsAsked ? null : quantized.DoubleQuant ? PlanSearch.NormalFloatBits : 4.5,
            LoraRank = planned.Lora?.Rank,
            AdapterDropout = planned.Lora?.Dropout > 0,
            OnCard = Place is null || ComputeDevice.Card(Place) is not null,
            Checkpointing = model.GradientCheckpointing,
            CheckpointingPart = model.GradientCheckpointingPart,
            CheckpointingEvery = model.GradientCheckpointingEvery,
            OptimizerBytes = values.GetValueOrDefault("optim", "").Contains("8bit", StringComparison.OrdinalIgnoreCase) ? 2.03 : 8,
            // An adapter that is continued is held against a frozen copy of itself on the same base.
            ReferenceIsCopy = model.Reference is { } reference ? reference != "base" && (reference != "copy" || !planned.IsContinued) : planned.Lora is null,
            RewardModel = model.RewardModelPath is { } reward && File.Exists(Path.Combine(reward, "config.json")) ? Read(families, reward) : null,
        };
    }

    /// <summary>Name of the stage.</summary>
    public string Method { get; }

    // Answers that a PPO run is to collect.
    private double? Episodes { get; }

    /// <summary>Options of the run.</summary>
    public RunOptions Run { get; }

    /// <summary>What decides memory and time; reads the models' configurations when it is first asked for.</summary>
    public PlanSetup Setup => _setup.Value;

    /// <summary>Where it would run, cpu or cuda:N; null = on a device that the options describe.</summary>
    public string? Place { get; set; }

    /// <summary>Format of matrix products that the options ask for.</summary>
    public ScalarType Format { get; }

    /// <summary>Memory that must do, bytes; null = no limit was given.</summary>
    public double? Budget { get; }

    /// <summary>Updates of the run, by the rule of training: <c>--max_steps</c> wins over <c>--total_episodes</c>, which wins over the passes over the rows.</summary>
    /// <param name="rows">Rows of the data; null = not said.</param>
    /// <returns>Null = nothing says how long the run is.</returns>
    public double? Updates(double? rows) =>
        Run.MaxSteps > 0 ? Run.MaxSteps : (Episodes ?? rows * Run.NumTrainEpochs) is { } all ? RunTime.UpdatesOf(Setup, all) : null;

    /// <summary>The device that the options name; null = this machine's.</summary>
    /// <exception cref="MedicalGptException">The card is not known.</exception>
    public DeviceRate? Device()
    {
        var card = _options.Card is not { } name ? null : DeviceRate.Known.FirstOrDefault(device => device.Name == name)
            ?? throw new MedicalGptException("The card is not known.") { Place = "--card", Given = name, Allowed = string.Join(", ", DeviceRate.Known.Select(device => device.Name)), Remedy = "give its rate and memory: --rate 150TFLOP/s --memory 24GB" };
        if (_options.Rate is not { } rate)
            return card;
        var stated = Quantity.Rate("--rate", rate);
        return card is null ? new DeviceRate($"a device of {rate}", Budget ?? double.PositiveInfinity, stated, stated / 150) : card with { Rate = stated };
    }

    // Of a number in matrix products, where the stage runs.
    private int Bytes(ComputePrecision precision) => Place is null || precision.Formats(Place).Compute != ScalarType.Float32 ? 2 : 4;

    private static DecoderOptions Read(Func<ModelFamilies> families, string folder)
    {
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path))
            throw new MedicalGptException("The model folder has no config.json.") { Place = path, Remedy = "give the folder of a model (--model); its weights are not needed" };
        var config = ModelConfig.Read(path);
        return families().Read(config).Options;
    }
}
