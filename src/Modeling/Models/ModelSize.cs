namespace MedicalGpt.Modeling;

/// <summary>How large a model is, from its shape alone; nothing is allocated.</summary>
public sealed class ModelSize
{
    // AdamW on fp32 masters: weight, gradient, two moments.
    private const long TrainedBytes = 16;
    private readonly IReadOnlyList<(long Outputs, long Inputs)> linears;

    private ModelSize(DecoderOptions options)
    {
        var decoder = new Decoder(options, Precision.Float32);
        linears = [.. decoder.Linears.Select(l => (l.Weight.Shape[0], l.Weight.Shape[1]))];
        Parameters = decoder.Parameters.Sum(p => p.Shape.Aggregate(1L, (a, b) => a * b)) + (options.TiedEmbeddings ? 0 : (long)options.VocabularySize * options.HiddenSize);
        LinearParameters = linears.Sum(l => l.Outputs * l.Inputs);
    }

    /// <summary>All weights, a tied head counted once.</summary>
    public long Parameters { get; }

    /// <summary>Matrices of the layers, which 8 and 4 bit formats pack; embedding, head, norms and biases stay.</summary>
    public long LinearParameters { get; }

    /// <summary>Bytes in fp32.</summary>
    public long Bytes32 => 4 * Parameters;

    /// <summary>Bytes in bf16 or fp16.</summary>
    public long Bytes16 => 2 * Parameters;

    /// <summary>Bytes in int8: a byte an element, an fp32 scale a row, the rest in 16 bits.</summary>
    public long BytesInt8 => LinearParameters + linears.Sum(l => 4 * l.Outputs) + 2 * (Parameters - LinearParameters);

    /// <summary>Bytes in NF4 with double quantisation: half a byte an element, a byte of scale per 64, an fp32 per 256 of those, the rest in 16 bits.</summary>
    public long BytesNf4 => LinearParameters / 2 + LinearParameters / 64 + LinearParameters / (64 * 256) * 4 + 2 * (Parameters - LinearParameters);

    /// <summary>Bytes of weights, gradients and optimiser when all weights learn, activations left out.</summary>
    public long FullTrainingBytes => TrainedBytes * Parameters;

    /// <summary>Counts a shape.</summary>
    /// <param name="options">The shape of a language model.</param>
    /// <returns>Its size.</returns>
    public static ModelSize Of(DecoderOptions options) => new(options);

    /// <summary>Weights of a LoRA adapter on all linear layers.</summary>
    /// <param name="rank">r.</param>
    /// <returns>Σ r (inputs + outputs).</returns>
    public long AdapterParameters(int rank) => linears.Sum(l => rank * (l.Inputs + l.Outputs));

    /// <summary>Bytes of base, adapter, its gradients and optimiser, activations left out.</summary>
    /// <param name="baseBytes">Bytes of the frozen base in its format.</param>
    /// <param name="rank">r.</param>
    /// <returns>Bytes.</returns>
    public long AdapterTrainingBytes(long baseBytes, int rank) => baseBytes + TrainedBytes * AdapterParameters(rank);
}
