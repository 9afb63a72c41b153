namespace MedicalGpt.Training.Planning;

/// <summary>Arithmetic of one update, floating-point operations (a multiplication and an addition are two).</summary>
/// <param name="Forward">Of the trained model and the others it is compared with.</param>
/// <param name="Backward">Gradients of inputs and, where weights learn, of weights.</param>
/// <param name="Recomputation">Layers and logits computed again in backward.</param>
/// <param name="Generation">Of the answers that are generated for one update.</param>
public sealed record StepCost(double Forward, double Backward, double Recomputation, double Generation)
{
    /// <summary>All of it.</summary>
    public double Total => Forward + Backward + Recomputation + Generation;

    /// <summary>Bytes of weights and caches that generation reads, for one update: it waits for memory, not for arithmetic.</summary>
    public double GenerationBytes { get; init; }

    /// <summary>Counts.</summary>
    /// <param name="setup">The stage.</param>
    public static StepCost Of(PlanSetup setup)
    {
        var (shape, model, size) = (setup.Shape, setup.Model, new DecoderSize(setup.Model));
        double accumulation = shape.Accumulation;
        var layers = accumulation * (2.0 * size.Linears * shape.Tokens + 4.0 * model.LayerCount * size.QueryWidth * shape.ScoredPairs / 2);
        var head = accumulation * 2.0 * size.Embedding * shape.ReadTokens;
        var models = shape.UsesValueModel ? 2 : 1;
        // Reference, old log-probabilities, reward and values are read once per collection, not once per pass.
        var others = (shape.UsesReference ? layers + head : 0) + (shape.UsesRewardModel ? layers : 0) + (shape.UsesValueModel ? layers + layers + head : 0);
        var learnsAll = setup.LoraRank is null;
        var lora = setup.LoraRank is { } rank ? accumulation * 6.0 * size.Lora(rank) * shape.Tokens : 0;
        var generation = shape.GeneratedAnswers == 0 ? 0 : 2.0 * (size.Linears + size.Embedding) * shape.Accumulation * shape.Answers * shape.AnswerTokens + layers / 2;
        return new StepCost(
            models * layers + head + lora / 3 + others / shape.Passes,
            (learnsAll ? 2 : 1) * (models * layers + head) + lora * 2 / 3,
            (setup.Checkpointing ? models * layers : 0) + head,
            generation / shape.Passes)
        {
            GenerationBytes = GeneratedBytes(setup, size) / shape.Passes,
        };
    }

    private static double GeneratedBytes(PlanSetup setup, DecoderSize size)
    {
        var shape = setup.Shape;
        if (shape.GeneratedAnswers == 0)
            return 0;
        double perToken = 2.0 * setup.Model.LayerCount * size.KeyWidth * setup.ComputeBytes;
        var rows = Math.Clamp(Math.Floor(setup.CacheBytes / (perToken * (shape.PromptTokens + shape.AnswerTokens))), 1, shape.GeneratedAnswers);
        var batches = Math.Ceiling(shape.Accumulation * shape.Answers / rows);
        var weights = (setup.QuantizedBits is { } bits ? size.Linears * bits / 8 : (double)size.Linears * setup.ComputeBytes) + (double)size.Embedding * setup.ComputeBytes;
        return shape.AnswerTokens * (batches * weights + shape.Accumulation * shape.Answers * perToken * (shape.PromptTokens + shape.AnswerTokens / 2.0));
    }
}
