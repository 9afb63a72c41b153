using MedicalGpt.Modeling;

namespace MedicalGpt.Training.Planning;

/// <summary>
/// What the layers hold in a micro-batch, bytes: what forward keeps for backward, and what the widest moments of a layer's backward add to it.
/// N = tokens, H = hidden size, I = intermediate size, q and k = widths of all query and all key heads.
/// </summary>
internal sealed class LayerMemory
{
    // Pairs of a group of several segments at most, as in AttentionPlan.
    private const long LargestGroup = 1 << 22;
    private const double PaddingAllowed = 1.25, PaddingFree = 4096;
    private readonly PlanSetup setup;
    private readonly double n, h, i, q, k, c;

    /// <summary>Counts.</summary>
    /// <param name="setup">The stage.</param>
    public LayerMemory(PlanSetup setup)
    {
        this.setup = setup;
        var size = new DecoderSize(setup.Model);
        (n, c) = (setup.Shape.Tokens, setup.ComputeBytes);
        (h, i, q, k) = (setup.Model.HiddenSize, setup.Model.IntermediateSize, size.QueryWidth, size.KeyWidth);
        // Weights that learn are cast to the compute format where they are used, and the copy is kept.
        var casts = setup.LoraRank is null && c < 4 ? size.Linears * c / setup.Model.LayerCount : 0;
        Kept = setup.Model.LayerCount * (AttentionPart + MlpPart + casts);
        if (!setup.Checkpointing)
            return;
        var again = setup.CheckpointingPart switch { CheckpointedPart.Attention => AttentionPart, CheckpointedPart.Mlp => MlpPart, _ => AttentionPart + MlpPart + casts };
        var covered = (setup.Model.LayerCount + setup.CheckpointingEvery - 1) / setup.CheckpointingEvery;
        // Each keeps its input; one of them is computed again, whose norm keeps that same input where it is fp32.
        Kept += covered * (n * h * c - again) + again - (c == 4 ? n * h * c : 0);
    }

    /// <summary>Kept for backward when it begins (with checkpointing: when the last layer has been computed again).</summary>
    public double Kept { get; }

    /// <summary>Added in the backward pass of an MLP: derivatives by the product, gate and up, one temporary of that width, and the stream's.</summary>
    public double MlpBackward => n * c * (4 * i + 2 * h);

    /// <summary>Added in the backward pass of attention; what the layer's MLP kept is gone by then.</summary>
    public double AttentionBackward => n * c * (2 * q + 2 * k + h) - MlpPart;

    /// <summary>Added beside it by the scores of the largest group of segments, with the rows that are gathered for it.</summary>
    public double Scores
    {
        get
        {
            var shape = setup.Shape;
            var (own, keys) = (Math.Max(shape.PromptTokens, shape.AnswerTokens), shape.PromptTokens + shape.AnswerTokens);
            var together = (shape.Prompts + shape.Answers) * (double)own * keys;
            // Prompts and answers of like shape are one group, as in AttentionPlan.
            return shape.PromptTokens > 0 && together <= Math.Min(LargestGroup, PaddingAllowed * shape.ScoredPairs + PaddingFree)
                ? Group(shape.Prompts + shape.Answers, own, keys - own)
                : Math.Max(Group(shape.Prompts, shape.PromptTokens, 0), Group(shape.Answers, shape.AnswerTokens, shape.PromptTokens));
        }
    }

    /// <summary>Added by attention without graph, of prompts alone.</summary>
    /// <param name="prompts">How many.</param>
    public double PromptScores(double prompts) => 2.0 * 4 * setup.Model.HeadCount * Pairs(prompts, setup.Shape.PromptTokens, 0);

    // Kept by the norm (its input in fp32, the stream itself where that is fp32), by query, key and value (their common input), by attention.
    private double AttentionPart => n * (4 * h + c * (h + 2 * q + 2 * k)) + Norms(h, setup.Model.SandwichNorms ? 2 : 1) + (setup.Model.QueryKeyNorm ? n * 4 * (q + k) + Learned(q + k) : 0) + Branches(3 * h + q, 4);

    // Gate and up; their product is kept only where the weight behind it learns.
    private double MlpPart => n * (4 * h + c * (h + 2 * i)) + Norms(h, setup.Model.SandwichNorms ? 2 : 1) + Learned(i) + Branches(2 * h + i, 3);

    // One number per token and rank of each branch; with dropout a byte per element of its input.
    private double Branches(double widths, int count) => setup.LoraRank is { } rank ? n * (4.0 * rank * count + (setup.AdapterDropout ? widths : 0)) : 0;

    // A norm whose weight learns keeps the normalised states; norms behind a branch keep their input.
    private double Norms(double width, int count) => (count - 1) * n * 4 * width + count * Learned(width);

    private double Learned(double width) => setup.LoraRank is null ? n * c * width : 0;

    // Scores, probabilities and derivatives in fp32; gathered rows of queries, keys, values and derivatives.
    private double Group(long segments, long own, long ancestors)
    {
        if (segments * own == 0)
            return 0;
        var pairs = Pairs(segments, own, ancestors);
        var members = pairs / (own * (own + ancestors));
        return pairs * setup.Model.HeadCount * (12 + (c < 4 ? 2 * c : 0)) + members * c * (5 * q * own + 4 * k * (own + ancestors));
    }

    private static double Pairs(double segments, double own, double ancestors)
    {
        var one = own * (own + ancestors);
        return Math.Min(segments, Math.Max(1, Math.Floor(LargestGroup / Math.Max(1, one)))) * one;
    }
}
