using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A loaded decoder with a head: a <see cref="CausalLanguageModel"/> or a <see cref="ScoreModel"/>. Not thread-safe; all use from the compute thread.</summary>
public abstract class TransformerModel : IDisposable
{
    private readonly List<LoraAdapter> adapters = [];
    private bool adapterOn = true;

    internal TransformerModel(ModelConfig config, IModelFamily family, Decoder decoder, LinearLayer head)
    {
        Config = config;
        Family = family;
        Decoder = decoder;
        Head = head;
    }

    /// <summary>Its <c>config.json</c>.</summary>
    public ModelConfig Config { get; }

    /// <summary>Its architecture.</summary>
    public IModelFamily Family { get; }

    /// <summary>Its shape.</summary>
    public DecoderOptions Options => Decoder.Options;

    /// <summary>Its number formats.</summary>
    public Precision Precision => Decoder.Precision;

    /// <summary>Where its weights are.</summary>
    public Device Device => Decoder.Device;

    /// <summary>True = dropout is active in <c>Read</c> and <c>Score</c>; off after loading.</summary>
    public bool Dropout { get; set; }

    /// <summary>What backward computes again instead of keeping it; null = nothing.</summary>
    public Checkpointing? Checkpointing { get; set; }

    /// <summary>True = any checkpointing; set, of whole layers.</summary>
    public bool GradientCheckpointing
    {
        get => Checkpointing is not null;
        set => Checkpointing = value ? new Checkpointing() : null;
    }

    /// <summary>The first LoRA adapter; null without.</summary>
    public LoraAdapter? Adapter => adapters.Count > 0 ? adapters[0] : null;

    /// <summary>All LoRA adapters, in the order in which they were put on.</summary>
    public IReadOnlyList<LoraAdapter> Adapters => adapters;

    /// <summary>The weights of the model itself, adapters left out, in the order of the layers.</summary>
    public IReadOnlyList<ModelParameter> Parameters => [.. Decoder.Parameters.Append(Head.Weight).Distinct().Except(AdapterParameters)];

    /// <summary>Tokens that entered the model so far, in training, reading and generation; a shared prompt counts once.</summary>
    public long TokensSeen => Decoder.TokensSeen;

    /// <summary>The folder it was loaded from; null for a new model.</summary>
    public string? Source { get; internal set; }

    /// <summary>How its linear layers are packed; null = they are not.</summary>
    public QuantizationOptions? Quantization { get; internal set; }

    /// <summary>Every linear layer by its module path, the head last.</summary>
    internal IEnumerable<LinearLayer> Linears => [.. Decoder.Linears, Head];

    internal Decoder Decoder { get; }

    internal LinearLayer Head { get; }

    /// <summary>Where the weights stood in the folder it was loaded from; null for a new model.</summary>
    internal WeightFiles? Files { get; set; }

    private IEnumerable<ModelParameter> AdapterParameters => adapters.SelectMany(a => a.Parameters);

    internal DecoderRun Run => new(adapterOn && adapters.Exists(a => a.IsActive), Dropout, Checkpointing);

    /// <summary>The weights that learn: with an adapter its own under PEFT's names, else those of the model.</summary>
    /// <returns>Trained weights.</returns>
    public IReadOnlyList<ModelParameter> TrainableParameters() => [.. Parameters.Concat(AdapterParameters).Where(p => p.IsTrained)];

    /// <summary>Switches all adapters off until the result is disposed.</summary>
    /// <returns>The switch.</returns>
    public IDisposable WithoutAdapter() => new AdapterSwitch(this, null);

    /// <summary>Lets one adapter alone take part until the result is disposed.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The switch.</returns>
    public IDisposable WithAdapter(string name) => new AdapterSwitch(this, Named(name));

    /// <summary>Chooses the adapters that take part; their branches add up.</summary>
    /// <param name="names">Names of adapters.</param>
    /// <exception cref="MedicalGptException">There is no such adapter.</exception>
    public void Activate(params string[] names)
    {
        var wanted = names.Select(Named).ToHashSet();
        foreach (var adapter in adapters)
            adapter.IsActive = wanted.Contains(adapter);
    }

    /// <summary>An adapter by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The adapter.</returns>
    /// <exception cref="MedicalGptException">There is none.</exception>
    public LoraAdapter Named(string name) => adapters.Find(a => a.Name == name)
        ?? throw new MedicalGptException($"the model has no adapter '{name}'; it has {(adapters.Count == 0 ? "none" : string.Join(", ", adapters.Select(a => $"'{a.Name}'")))}");

    /// <summary>Freezes every weight, or lets every weight of the model learn (fp32 masters). Adapters are not touched.</summary>
    /// <param name="trained">True = learn.</param>
    public void SetTrained(bool trained)
    {
        foreach (var parameter in Parameters)
            parameter.SetTrained(trained, Precision);
    }

    /// <summary>The error for results that are NaN or infinite.</summary>
    /// <param name="row">Where the input stands that gave them; null = any input would.</param>
    /// <returns>The error, which names the model.</returns>
    public MedicalGptException NotFinite(string? row = null) => new("The model's results are not finite; its weights are damaged.")
    {
        Place = row ?? Source,
        Given = row is null ? null : Source,
        Allowed = "weights that give numbers",
        Remedy = $"fetch or train the model{(adapters.Count > 0 ? " or its adapter" : "")} again; weights made for bf16 may be too large for fp16",
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters.Concat(AdapterParameters).ToList())
            parameter.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void Add(LoraAdapter adapter) => adapters.Add(adapter);

    internal void Remove(LoraAdapter adapter) => adapters.Remove(adapter);

    /// <summary>Runs the decoder and takes the normalised states of some tokens.</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="tokens">Flat indices, [K].</param>
    /// <returns>[K, H] in the compute format, in the caller's scope.</returns>
    internal Tensor States(SequenceLayout layout, IReadOnlyList<long> tokens)
    {
        if (layout.Positions.Length > 0 && layout.Positions.Max() >= Options.MaxPositions)
            throw new MedicalGptException($"a sequence of {layout.Positions.Max() + 1} tokens is longer than the model's max_position_embeddings {Options.MaxPositions}; cut it (max length options) or use another model");
        using var scope = NewDisposeScope();
        var hidden = Decoder.Forward(layout.InputIds, layout.Positions, SegmentAttention.Create(layout, Options.Window, Device), Run, Decoder.DependsOnLength ? Lengths(layout) : null);
        return Decoder.Normalize(hidden.index_select(0, tensor([.. tokens]).to(Device))).MoveToOuterDisposeScope();
    }

    // Per token the length of the longest chain of segments that begins where its own does.
    private static long[] Lengths(SequenceLayout layout)
    {
        var roots = new int[layout.Segments.Count];
        var longest = new long[layout.Segments.Count];
        for (var i = 0; i < roots.Length; i++)
        {
            var segment = layout.Segments[i];
            roots[i] = segment.Parent < 0 ? i : roots[segment.Parent];
            longest[roots[i]] = Math.Max(longest[roots[i]], segment.PositionStart + segment.Length);
        }

        return [.. layout.Segments.SelectMany((s, i) => Enumerable.Repeat(longest[roots[i]], s.Length))];
    }

    private sealed class AdapterSwitch : IDisposable
    {
        private readonly TransformerModel model;
        private readonly bool before;
        private readonly LoraAdapter[] active;

        public AdapterSwitch(TransformerModel model, LoraAdapter? only)
        {
            this.model = model;
            before = model.adapterOn;
            active = [.. model.adapters.Where(a => a.IsActive)];
            model.adapterOn = only is not null;
            if (only is null)
                return;
            foreach (var adapter in model.adapters)
                adapter.IsActive = adapter == only;
        }

        public void Dispose()
        {
            model.adapterOn = before;
            foreach (var adapter in model.adapters)
                adapter.IsActive = active.Contains(adapter);
        }
    }
}
