using MedicalGpt.Modeling;

namespace MedicalGpt.Training.Planning;

/// <summary>Counts the parameters of a decoder from its shape; no weights are read.</summary>
public sealed class DecoderSize
{
    private readonly DecoderOptions options;

    /// <summary>Counts.</summary>
    /// <param name="options">The decoder.</param>
    public DecoderSize(DecoderOptions options)
    {
        this.options = options;
        long h = options.HiddenSize, i = options.IntermediateSize, q = QueryWidth, k = KeyWidth;
        LayerMatrices = [(q, h), (k, h), (k, h), (h, q), (i, h), (i, h), (h, i)];
        Linears = options.LayerCount * LayerMatrices.Sum(m => m.Outputs * m.Inputs);
        Embedding = (long)options.VocabularySize * h;
        Head = options.TiedEmbeddings ? 0 : Embedding;
        var biases = (options.QueryKeyValueBias ? q + 2 * k : 0) + (options.OutputBias ? h : 0);
        var norms = 2 * h + (options.QueryKeyNorm ? 2L * options.HeadDimension : 0);
        Others = options.LayerCount * (biases + norms) + h;
    }

    /// <summary>The weight matrices of one layer, [outputs, inputs]: query, key, value, output, gate, up, down.</summary>
    public IReadOnlyList<(long Outputs, long Inputs)> LayerMatrices { get; }

    /// <summary>Parameters of the layers' matrices.</summary>
    public long Linears { get; }

    /// <summary>Parameters of the embedding.</summary>
    public long Embedding { get; }

    /// <summary>Parameters of an output head of its own; 0 when it is the embedding.</summary>
    public long Head { get; }

    /// <summary>Parameters of norms and biases.</summary>
    public long Others { get; }

    /// <summary>All parameters.</summary>
    public long Total => Linears + Embedding + Head + Others;

    /// <summary>Width of all query heads together.</summary>
    public long QueryWidth => (long)options.HeadCount * options.HeadDimension;

    /// <summary>Width of all key heads together (values are as wide).</summary>
    public long KeyWidth => (long)options.KeyValueHeadCount * options.HeadDimension;

    /// <summary>Parameters of LoRA matrices on every linear layer of the decoder.</summary>
    /// <param name="rank">r.</param>
    public long Lora(int rank) => options.LayerCount * LayerMatrices.Sum(m => (m.Outputs + m.Inputs) * rank);
}
