using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Embedding, layers and final norm over flat tokens, with the parameter names of transformers' Llama/Qwen layout.</summary>
internal sealed class Decoder
{
    private readonly DecoderLayer[] layers;
    private readonly RmsNorm finalNorm;
    private readonly RopeTable rope;
    private readonly RopeTable? windowRope;

    public Decoder(DecoderOptions options, Precision precision)
    {
        Options = options;
        Precision = precision;
        rope = new RopeTable(options.Rope, options.HeadDimension);
        windowRope = options.WindowRope is { } own && own != options.Rope ? new RopeTable(own, options.HeadDimension) : null;
        Embeddings = new EmbeddingLayer("model.embed_tokens", new ModelParameter("model.embed_tokens.weight", [options.VocabularySize, options.HiddenSize]));
        layers = [.. Enumerable.Range(0, options.LayerCount).Select(Layer)];
        finalNorm = new RmsNorm(new ModelParameter("model.norm.weight", [options.HiddenSize]), options.NormEpsilon, options.OffsetNorms);
    }

    public DecoderOptions Options { get; }

    public Precision Precision { get; }

    public EmbeddingLayer Embeddings { get; }

    public ModelParameter Embedding => Embeddings.Weight;

    public IEnumerable<LinearLayer> Linears => layers.SelectMany(l => l.Linears);

    public IEnumerable<ModelParameter> Parameters => [.. Embeddings.Parameters, .. layers.SelectMany(l => l.Parameters), finalNorm.Weight];

    public Device Device => Embedding.Value.device;

    /// <summary>True when rotary angles depend on the lengths of sequences, so that <see cref="Forward(long[], long[], IAttention, DecoderRun, long[], Action{Tensor})"/> wants them.</summary>
    public bool DependsOnLength => rope.DependsOnLength || windowRope is { DependsOnLength: true };

    /// <summary>Tokens that entered the model so far, recomputation not counted.</summary>
    public long TokensSeen { get; private set; }

    /// <summary>Runs the layers.</summary>
    /// <param name="ids">Token ids, [N].</param>
    /// <param name="positions">Their positions, [N].</param>
    /// <param name="attention">Who sees whom.</param>
    /// <param name="run">Switches.</param>
    /// <param name="lengths">Length of each token's sequence, [N]; read only where <see cref="DependsOnLength"/>; null = that of the longest.</param>
    /// <param name="observe">Called with the embedding and with every layer's output; null when nobody looks.</param>
    /// <returns>The residual stream before the final norm, [N, H].</returns>
    public Tensor Forward(long[] ids, long[] positions, IAttention attention, DecoderRun run, long[]? lengths = null, Action<Tensor>? observe = null)
    {
        using var scope = NewDisposeScope();
        var (rotation, windowed) = Rotations(positions, lengths);
        return Forward(tensor(ids).to(Device), rotation, windowed, attention, run, observe).MoveToOuterDisposeScope();
    }

    /// <summary>The rotations of positions in layers without and with a window, in the caller's scope; the same object where there is one kind.</summary>
    /// <param name="positions">[N].</param>
    /// <param name="lengths">As in <see cref="Forward(long[], long[], IAttention, DecoderRun, long[], Action{Tensor})"/>.</param>
    /// <returns>The rotations.</returns>
    public (Rotation Full, Rotation Windowed) Rotations(long[] positions, long[]? lengths = null)
    {
        var rotation = rope.At(positions, lengths, Precision.Compute, Device);
        return (rotation, windowRope?.At(positions, lengths, Precision.Compute, Device) ?? rotation);
    }

    /// <summary>Runs the layers on what is on the device already.</summary>
    /// <param name="ids">Token ids, [N].</param>
    /// <param name="rotation">Their rotation.</param>
    /// <param name="windowed">Their rotation in layers with a window.</param>
    /// <param name="attention">Who sees whom.</param>
    /// <param name="run">Switches.</param>
    /// <param name="observe">Called with the embedding and with every layer's output; null when nobody looks.</param>
    /// <returns>The residual stream before the final norm, [N, H].</returns>
    public Tensor Forward(Tensor ids, Rotation rotation, Rotation windowed, IAttention attention, DecoderRun run, Action<Tensor>? observe = null)
    {
        TokensSeen += ids.shape[0];
        using var scope = NewDisposeScope();
        var pass = new LayerPass(attention, rotation, windowed, Precision.Compute, run.Dropout, run.Adapter);
        var x = Embeddings.Forward(ids, run.Adapter).to(Precision.Compute);
        if (Options.ScaledEmbeddings)
            x = x.mul(tensor(Math.Sqrt(Options.HiddenSize)).to(Precision.Compute));
        observe?.Invoke(x);
        foreach (var layer in layers)
        {
            x = Step(layer, x, pass, run.Checkpointing);
            observe?.Invoke(x);
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The final norm.</summary>
    /// <param name="x">[K, H].</param>
    /// <returns>[K, H].</returns>
    public Tensor Normalize(Tensor x) => finalNorm.Forward(x);

    private static Tensor Step(DecoderLayer layer, Tensor x, LayerPass pass, Checkpointing? checkpointing)
    {
        using var scope = NewDisposeScope();
        return layer.Forward(x, pass, checkpointing).MoveToOuterDisposeScope();
    }

    private DecoderLayer Layer(int index)
    {
        var path = $"model.layers.{index}";
        var (queries, keys) = (Options.HeadCount * Options.HeadDimension, Options.KeyValueHeadCount * Options.HeadDimension);
        var windowed = Options.Window is { } window && window.Layers[index];
        var attention = new SelfAttention(
            new AttentionLayer(index, 1.0 / Math.Sqrt(Options.QueryScalar ?? Options.HeadDimension), Options.AttentionSoftCap, windowed),
            Options,
            Project($"{path}.self_attn", "qkv_proj", [("q_proj", queries), ("k_proj", keys), ("v_proj", keys)], Options.QueryKeyValueBias),
            Linear($"{path}.self_attn.o_proj", Options.HiddenSize, queries, Options.OutputBias),
            Options.QueryKeyNorm ? Norm($"{path}.self_attn.q_norm", Options.HeadDimension) : null,
            Options.QueryKeyNorm ? Norm($"{path}.self_attn.k_norm", Options.HeadDimension) : null);
        var mlp = new GatedMlp(
            Project($"{path}.mlp", "gate_up_proj", [("gate_proj", Options.IntermediateSize), ("up_proj", Options.IntermediateSize)], Options.MlpBias),
            Linear($"{path}.mlp.down_proj", Options.HiddenSize, Options.IntermediateSize, Options.MlpBias),
            Options.Activation);
        var inputNorm = Norm($"{path}.input_layernorm", Options.HiddenSize);
        var postAttentionNorm = Norm($"{path}.post_attention_layernorm", Options.HiddenSize);
        if (!Options.SandwichNorms)
            return new DecoderLayer(index, attention, mlp, (inputNorm, postAttentionNorm), null);
        var (preMlp, postMlp) = (Norm($"{path}.pre_feedforward_layernorm", Options.HiddenSize), Norm($"{path}.post_feedforward_layernorm", Options.HiddenSize));
        return new DecoderLayer(index, attention, mlp, (inputNorm, preMlp), (postAttentionNorm, postMlp));

        RmsNorm Norm(string module, int width) => new(new ModelParameter($"{module}.weight", [width]), Options.NormEpsilon, Options.OffsetNorms);
    }

    private Projection Project(string path, string fusedName, (string Name, int Width)[] parts, bool bias) => new(
        Options.FusedProjections
            ? [Linear($"{path}.{fusedName}", parts.Sum(p => p.Width), Options.HiddenSize, bias)]
            : [.. parts.Select(p => Linear($"{path}.{p.Name}", p.Width, Options.HiddenSize, bias))],
        [.. parts.Select(p => (long)p.Width)]);

    private static LinearLayer Linear(string path, int outputs, int inputs, bool bias) => new(
        path,
        new ModelParameter($"{path}.weight", [outputs, inputs]),
        bias ? new ModelParameter($"{path}.bias", [outputs]) : null);
}
