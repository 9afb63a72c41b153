using MedicalGpt.Modeling;

namespace MedicalGpt.Training.Planning;

/// <summary>
/// Predicts peak memory from shapes alone, part by part as the code allocates it; <c>docs/plan.md</c> compares it with measured peaks. The parts of
/// an update are those of its widest moment: reading the head, the first MLP or the first attention of backward, or the end, when all gradients exist.
/// </summary>
public static class MemoryModel
{
    // As in VocabularyTiles: rows and tokens of a tile of logits, of which some copies exist at once.
    private const double TileRows = 512, TileTokens = 4096, TileCopies = 3;
    private const double StepChunk = 2 * 4 << 20; // temporaries of the optimiser's step
    private const double Process = 300e6; // runtime, tensor library, plugins: measured

    /// <summary>Predicts.</summary>
    /// <param name="setup">The stage.</param>
    public static MemoryEstimate Estimate(PlanSetup setup)
    {
        if (setup.Shape.Method == "rm")
            setup = setup with { Model = WithoutHead(setup.Model) };
        var models = setup.Shape.UsesValueModel ? 2 : 1;
        var adapter = setup.LoraRank is { } rank ? 4.0 * new DecoderSize(setup.Model).Lora(rank) : 0;
        var widest = Moments(setup, models).MaxBy(m => m.Gradients + m.Activations + m.Attention + m.Logits)!;
        return widest with
        {
            Weights = Weights(setup),
            Adapter = adapter,
            OtherModels = OtherModels(setup, adapter),
            Optimizer = setup.OptimizerBytes * setup.Trained * models,
            Generation = Generation(setup),
            Process = Process,
        };
    }

    private static IEnumerable<MemoryEstimate> Moments(PlanSetup setup, int models)
    {
        var (layers, read, h) = (new LayerMemory(setup), setup.Shape.ReadTokens, setup.Model.HiddenSize);
        var size = new DecoderSize(setup.Model);
        var all = setup.LoraRank is null;
        var gradients = 4.0 * setup.Trained;
        // Micro-batches behind the first add to gradients that exist.
        var before = setup.Shape.Accumulation > 1 ? models * gradients : 0;
        var table = all ? 4.0 * size.Embedding : 0;
        var tied = setup.Model.TiedEmbeddings && read > 0;
        var logits = read == 0 ? 0 : TileCopies * 4 * Math.Min(TileRows, read) * Math.Min(TileTokens, setup.Model.VocabularySize);
        // States that are read, twice (before and behind the last norm), and their slopes or derivatives in fp32.
        var states = read * (double)h * (2 * setup.ComputeBytes + 4);
        var headGradient = read > 0 ? table : 0;

        yield return new MemoryEstimate { Gradients = before + headGradient, Activations = models * layers.Kept + states, Logits = logits };
        yield return new MemoryEstimate { Gradients = before + headGradient, Activations = models * layers.Kept + layers.MlpBackward };
        yield return new MemoryEstimate { Gradients = before + headGradient, Activations = models * layers.Kept + layers.AttentionBackward, Attention = layers.Scores };
        if (models > 1)
        {
            // The value model is through, the policy begins.
            yield return new MemoryEstimate { Gradients = Math.Max(before, gradients) + headGradient, Activations = layers.Kept + layers.MlpBackward };
        }

        // The table's gradient comes last; where it is the head, too, both parts and their sum exist at once.
        yield return new MemoryEstimate { Gradients = models * gradients + (before > 0 ? table : 0) + (tied ? 2 * table : 0), Activations = setup.Shape.Tokens * 2.0 * h * setup.ComputeBytes };
        yield return new MemoryEstimate { Gradients = models * gradients, Activations = Math.Min(StepChunk, 8.0 * setup.Trained) };
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
            bytes += Frozen(WithoutHead(setup.RewardModel ?? setup.Model), setup);
        if (setup.Shape.UsesValueModel)
            bytes += Weights(setup with { Model = WithoutHead(setup.Model) }) + adapter;
        return bytes;
    }

    private static double Generation(PlanSetup setup)
    {
        var shape = setup.Shape;
        if (shape.GeneratedAnswers == 0)
            return 0;
        var size = new DecoderSize(setup.Model);
        // On a processor keys and values are fp32 in every precision.
        double perToken = 2.0 * setup.Model.LayerCount * size.KeyWidth * (setup.OnCard ? setup.ComputeBytes : 4);
        var perAnswer = perToken * (shape.PromptTokens + shape.AnswerTokens);
        var rows = Math.Clamp(Math.Floor(setup.CacheBytes / perAnswer), 1, shape.GeneratedAnswers);
        var prompts = Math.Ceiling(rows / shape.AnswersPerPrompt);
        var tokens = prompts * shape.PromptTokens * setup.ComputeBytes;
        var prefill = tokens * 2.0 * setup.Model.HiddenSize + Math.Max(
            tokens * (3.0 * setup.Model.IntermediateSize + setup.Model.HiddenSize),
            tokens * (3.0 * size.QueryWidth + 3.0 * size.KeyWidth) + new LayerMemory(setup).PromptScores(prompts));
        // A step copies one layer's keys and values.
        var step = rows * perAnswer / setup.Model.LayerCount + 3 * 4.0 * rows * setup.Model.VocabularySize;
        return rows * perAnswer + Math.Max(prefill, step);
    }

    // A score model has one output: the head's table is not there.
    private static DecoderOptions WithoutHead(DecoderOptions model) => model with { TiedEmbeddings = true };
}
