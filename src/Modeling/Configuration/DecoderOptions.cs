namespace MedicalGpt.Modeling;

/// <summary>Shape and choices of a decoder-only transformer; a model family reads it from <c>config.json</c>.</summary>
public sealed record DecoderOptions
{
    /// <summary>Number of tokens of the vocabulary, V.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream, H.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Number of layers.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Number of key/value heads; divides <see cref="HeadCount"/>.</summary>
    public required int KeyValueHeadCount { get; init; }

    /// <summary>Width of a head; even.</summary>
    public required int HeadDimension { get; init; }

    /// <summary>Width inside the MLP.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Rotary position embedding.</summary>
    public RopeOptions Rope { get; init; } = new();

    /// <summary>Rotary position embedding of layers with a sliding window; null = <see cref="Rope"/> (Gemma 3 has two).</summary>
    public RopeOptions? WindowRope { get; init; }

    /// <summary>Layers with a sliding window; null = every layer sees everything before it.</summary>
    public SlidingWindow? Window { get; init; }

    /// <summary>Query, key and value projections have biases (Qwen2).</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>The attention output projection has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Queries and keys are RMS-normalised per head before rotation (Qwen3).</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>The linear layers of the MLP have biases (Llama with <c>mlp_bias</c>).</summary>
    public bool MlpBias { get; init; }

    /// <summary>Queries, keys and values are one projection <c>qkv_proj</c>, gate and up another, <c>gate_up_proj</c> (Phi-3).</summary>
    public bool FusedProjections { get; init; }

    /// <summary>Norms multiply by 1 + weight, so fresh weights are 0 (Gemma).</summary>
    public bool OffsetNorms { get; init; }

    /// <summary>Attention and MLP are normalised behind as well as before: <c>post_attention_layernorm</c>, <c>pre_</c> and <c>post_feedforward_layernorm</c> (Gemma 2 and 3).</summary>
    public bool SandwichNorms { get; init; }

    /// <summary>Embeddings are multiplied by √H, rounded to the compute format (Gemma).</summary>
    public bool ScaledEmbeddings { get; init; }

    /// <summary>Attention scores are divided by the root of this; null = by that of the head's width (Gemma: <c>query_pre_attn_scalar</c>).</summary>
    public double? QueryScalar { get; init; }

    /// <summary>Scores s become c · tanh(s / c) before the softmax; null = they stay (Gemma 2).</summary>
    public double? AttentionSoftCap { get; init; }

    /// <summary>Logits z become c · tanh(z / c); null = they stay (Gemma 2).</summary>
    public double? LogitSoftCap { get; init; }

    /// <summary>The output head is the embedding matrix.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Nonlinearity of the MLP.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>Standard deviation of freshly drawn matrices.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Longest sequence the model was made for; longer ones are refused.</summary>
    public int MaxPositions { get; init; } = 32768;

    /// <summary>Checks that the numbers fit together and are within sane bounds before anything is allocated.</summary>
    /// <param name="place">What the numbers come from, for the error.</param>
    /// <returns>This record.</returns>
    /// <exception cref="MedicalGptException">They do not; all faults are listed.</exception>
    public DecoderOptions Checked(string place)
    {
        var faults = SizeFaults(HeadDimension);
        if (faults.Count == 0 && HeadCount % KeyValueHeadCount != 0)
            faults.Add($"num_attention_heads {HeadCount} is not a multiple of num_key_value_heads {KeyValueHeadCount}");
        if (HeadDimension % 2 != 0)
            faults.Add($"head_dim {HeadDimension} is odd, rotary embedding needs an even one");
        if (!(NormEpsilon > 0 && NormEpsilon < 1))
            faults.Add($"rms_norm_eps {NormEpsilon} is not in (0, 1)");
        foreach (var rope in new[] { Rope, WindowRope }.OfType<RopeOptions>())
            faults.AddRange(Faults(rope));
        if (Window is { } window && (window.Width < 1 || window.Layers.Count != LayerCount))
            faults.Add($"sliding_window {window.Width} with {window.Layers.Count} layer_types is not above 0 with {LayerCount} of them");
        Above0("query_pre_attn_scalar", QueryScalar);
        Above0("attn_logit_softcapping", AttentionSoftCap);
        Above0("final_logit_softcapping", LogitSoftCap);
        return faults.Count == 0 ? this : throw new MedicalGptException($"{place}: {string.Join("; ", faults)}");

        void Above0(string name, double? value)
        {
            if (value is { } number && !(number > 0 && double.IsFinite(number)))
                faults.Add($"{name} {number} is not above 0");
        }
    }

    /// <summary>Checks the sizes alone, before a family computes with them; without the width of a head, which families may set themselves.</summary>
    /// <param name="place">What the numbers come from, for the error.</param>
    /// <returns>This record.</returns>
    /// <exception cref="MedicalGptException">One is out of bounds; all are listed.</exception>
    internal DecoderOptions CheckedSizes(string place) => SizeFaults(null) is { Count: > 0 } faults ? throw new MedicalGptException($"{place}: {string.Join("; ", faults)}") : this;

    private List<string> SizeFaults(int? headDimension)
    {
        var faults = new List<string>();
        Within("vocab_size", VocabularySize, 1, 1 << 24);
        Within("hidden_size", HiddenSize, 1, 1 << 17);
        Within("num_hidden_layers", LayerCount, 1, 1024);
        Within("num_attention_heads", HeadCount, 1, 4096);
        Within("num_key_value_heads", KeyValueHeadCount, 1, 4096);
        if (headDimension is { } width)
            Within("head_dim", width, 2, 4096);
        Within("intermediate_size", IntermediateSize, 1, 1 << 20);
        Within("max_position_embeddings", MaxPositions, 1, 1 << 24);
        return faults;

        void Within(string name, int value, int low, int high)
        {
            if (value < low || value > high)
                faults.Add($"{name} {value} is not in [{low}, {high}]");
        }
    }

    private IEnumerable<string> Faults(RopeOptions rope)
    {
        if (!(rope.Theta > 1 && double.IsFinite(rope.Theta)))
            yield return $"rope_theta {rope.Theta} is not above 1";
        var rotary = rope.PartialFactor is > 0 and <= 1 ? rope.RotaryDimension(HeadDimension) : 0;
        if ((rotary < 2 || rotary % 2 != 0) && HeadDimension % 2 == 0)
            yield return $"partial_rotary_factor {rope.PartialFactor} of head_dim {HeadDimension} is not an even number of elements";
        string[] faults = [.. rope.Scaling?.Faults(rotary) ?? []];
        foreach (var fault in faults)
            yield return fault;
        if (faults.Length == 0 && rope.Scaling is { } scaling && !(scaling.AttentionFactor > 0 && double.IsFinite(scaling.AttentionFactor)))
            yield return $"rope scaling: the attention factor {scaling.AttentionFactor} is not above 0";
    }
}
