using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A loaded decoder with a head: a <see cref="CausalLanguageModel"/> or a <see cref="ScoreModel"/>. Not thread-safe; all use from the compute thread.</summary>
public abstract class TransformerModel : IDisposable
{
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

    /// <summary>True = layers are computed again in backward instead of keeping their inner results.</summary>
    public bool GradientCheckpointing { get; set; }

    /// <summary>The LoRA adapter; null without.</summary>
    public LoraAdapter? Adapter { get; internal set; }

    /// <summary>The weights of the model itself, adapters left out, in the order of the layers.</summary>
    public IReadOnlyList<ModelParameter> Parameters => [.. Decoder.Parameters.Append(Head.Weight).Distinct().Except(Adapter?.Parameters ?? [])];

    /// <summary>Tokens that entered the model so far, in training, reading and generation; a shared prompt counts once.</summary>
    public long TokensSeen => Decoder.TokensSeen;

    /// <summary>The folder it was loaded from; null for a new model.</summary>
    public string? Source { get; internal set; }

    /// <summary>Every linear layer by its module path, the head last.</summary>
    internal IEnumerable<LinearLayer> Linears => [.. Decoder.Linears, Head];

    internal Decoder Decoder { get; }

    internal LinearLayer Head { get; }

    /// <summary>Where the weights stood in the folder it was loaded from; null for a new model.</summary>
    internal WeightFiles? Files { get; set; }

    internal DecoderRun Run => new(adapterOn && Adapter is not null, Dropout, GradientCheckpointing);

    /// <summary>The weights that learn: with an adapter its own under PEFT's names, else those of the model.</summary>
    /// <returns>Trained weights.</returns>
    public IReadOnlyList<ModelParameter> TrainableParameters() => [.. Parameters.Concat(Adapter?.Parameters ?? []).Where(p => p.IsTrained)];

    /// <summary>Switches the adapter off until the result is disposed.</summary>
    /// <returns>The switch.</returns>
    public IDisposable WithoutAdapter() => new AdapterSwitch(this);

    /// <summary>Freezes every weight, or lets every weight of the model learn (fp32 masters). Adapters are not touched.</summary>
    /// <param name="trained">True = learn.</param>
    public void SetTrained(bool trained)
    {
        foreach (var parameter in Parameters)
            parameter.SetTrained(trained, Precision);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters.Concat(Adapter?.Parameters ?? []))
            parameter.Dispose();
        GC.SuppressFinalize(this);
    }

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

        public AdapterSwitch(TransformerModel model)
        {
            this.model = model;
            before = model.adapterOn;
            model.adapterOn = false;
        }

        public void Dispose() => model.adapterOn = before;
    }
}
