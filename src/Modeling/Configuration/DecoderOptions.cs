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

    /// <summary>Query, key and value projections have biases (Qwen2).</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>The attention output projection has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Queries and keys are RMS-normalised per head before rotation (Qwen3).</summary>
    public bool QueryKeyNorm { get; init; }

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
        var faults = new List<string>();
        Within("vocab_size", VocabularySize, 1, 1 << 24);
        Within("hidden_size", HiddenSize, 1, 1 << 17);
        Within("num_hidden_layers", LayerCount, 1, 1024);
        Within("num_attention_heads", HeadCount, 1, 4096);
        Within("num_key_value_heads", KeyValueHeadCount, 1, 4096);
        Within("head_dim", HeadDimension, 2, 4096);
        Within("intermediate_size", IntermediateSize, 1, 1 << 20);
        Within("max_position_embeddings", MaxPositions, 1, 1 << 24);
        if (faults.Count == 0 && HeadCount % KeyValueHeadCount != 0)
            faults.Add($"num_attention_heads {HeadCount} is not a multiple of num_key_value_heads {KeyValueHeadCount}");
        if (HeadDimension % 2 != 0)
            faults.Add($"head_dim {HeadDimension} is odd, rotary embedding needs an even one");
        if (!(NormEpsilon > 0 && NormEpsilon < 1))
            faults.Add($"rms_norm_eps {NormEpsilon} is not in (0, 1)");
        if (!(Rope.Theta > 1 && double.IsFinite(Rope.Theta)))
            faults.Add($"rope_theta {Rope.Theta} is not above 1");
        return faults.Count == 0 ? this : throw new MedicalGptException($"{place}: {string.Join("; ", faults)}");

        void Within(string name, int value, int low, int high)
        {
            if (value < low || value > high)
                faults.Add($"{name} {value} is not in [{low}, {high}]");
        }
    }
}
