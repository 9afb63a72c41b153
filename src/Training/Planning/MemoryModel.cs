using MedicalGpt.Modeling;

namespace MedicalGpt.Training.Planning;

/// <summary>Predicts peak memory from shapes alone, part by part as the code allocates it; <c>docs/performance.md</c> compares it with measured peaks.</summary>
public static class MemoryModel
{
    private const double Head = 32 << 20; // bytes of one chunk of logits, as in TokenHead
    private const double Process = 300e6; // runtime, tensor library, plugins: measured

    /// <summary>Predicts.</summary>
    /// <param name="setup">The stage.</param>
    public static MemoryEstimate Estimate(PlanSetup setup)
    {
        var shape = setup.Shape;
        var adapter = setup.LoraRank is { } rank ? 4.0 * new DecoderSize(setup.Model).Lora(rank) : 0;
        var models = shape.UsesValueModel ? 2 : 1;
        return new MemoryEstimate
        {
            Weights = Weights(setup),
            Adapter = adapter,
            OtherModels = OtherModels(setup, adapter),
            Gradients = 4.0 * setup.Trained * models,
            Optimizer = setup.OptimizerBytes * setup.Trained * models,
            Activations = Activations(setup),
            Attention = 3.0 * 4 * setup.Model.HeadCount * Math.Max(shape.PromptPairs, shape.AnswerPairs),
            Logits = shape.ReadTokens == 0 ? 0 : 3 * Math.Min(Head, 4.0 * shape.ReadTokens * setup.Model.VocabularySize) + 2.0 * shape.ReadTokens * setup.Model.HiddenSize * setup.ComputeBytes,
            Generation = Generation(setup),
            Process = Process,
        };
    }

    private static double Weights(PlanSetup setup)
    {
        if (setup.LoraRank is null)
            return 4.0 * new DecoderSize(setup.Model).Total;
        return Frozen(setup.Model, setup) + 4.0 * setup.SavedModules;
    }

    private static double Frozen(DecoderOptions model, PlanSetup setup)
    {
        var size = new DecoderSize(model);
        var linears = setup.QuantizedBits is { } bits ? size.Linears * bits / 8 : (double)size.Linears * setup.StoredBytes;
        return linears + (double)(size.Embedding + size.Head + size.Others) * setup.StoredBytes;
    }

    private static double OtherModels(PlanSetup setup, double adapter)
    {
        var bytes = 0.0;
        if (setup.Shape.UsesReference && setup.ReferenceIsCopy)
            bytes += Frozen(setup.Model, setup) + adapter;
        if (setup.Shape.UsesRewardModel)
            bytes += Frozen(setup.RewardModel ?? setup.Model, setup);
        if (setup.Shape.UsesValueModel)
            bytes += Weights(setup) + adapter;
        return bytes;
    }

    private static double Activations(PlanSetup setup)
    {
        var size = new DecoderSize(setup.Model);
        double n = setup.Shape.Tokens, h = setup.Model.HiddenSize, i = setup.Model.IntermediateSize, c = setup.ComputeBytes;
        var boundary = n * h * c;
        // Norm inputs and outputs, queries, keys, values and their mix, gate, up and their product.
        var layer = n * c * (4 * h + 2 * size.QueryWidth + 2 * size.KeyWidth + 3 * i);
        var backward = n * c * 3 * i;
        // Trained weights are cast to the compute format where they are used, and the copy is kept for backward.
        var casts = setup.LoraRank is null && c < 4 ? (size.Linears + size.Embedding + size.Head) * c / setup.Model.LayerCount : 0;
        // The head's matrix is cast whole where it is stored otherwise than it is computed with; the layers' are unpacked a tile at a time.
        var widened = setup.LoraRank is not null && setup.StoredBytes < setup.ComputeBytes ? c * size.Embedding : 0;
        return widened + backward + (setup.Checkpointing
            ? setup.Model.LayerCount * boundary + layer + casts
            : setup.Model.LayerCount * (layer + casts));
    }

    private static double Generation(PlanSetup setup)
    {
        var shape = setup.Shape;
        if (shape.GeneratedAnswers == 0)
            return 0;
        var size = new DecoderSize(setup.Model);
        double perToken = 2.0 * setup.Model.LayerCount * size.KeyWidth * setup.ComputeBytes;
        var perAnswer = perToken * (shape.PromptTokens + shape.AnswerTokens);
        var rows = Math.Clamp(Math.Floor(setup.CacheBytes / perAnswer), 1, shape.GeneratedAnswers);
        var prompts = Math.Ceiling(rows / shape.AnswersPerPrompt) * shape.PromptTokens;
        var prefill = prompts * setup.ComputeBytes * (3.0 * setup.Model.IntermediateSize + 4.0 * setup.Model.HiddenSize);
        return rows * perAnswer + prefill + 3 * 4.0 * rows * setup.Model.VocabularySize;
    }
}
