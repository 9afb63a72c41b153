namespace MedicalGpt.Training.Planning;

/// <summary>Predicted peak memory of a stage by part, bytes.</summary>
public sealed record MemoryEstimate
{
    /// <summary>Weights of the trained model that do not learn, and masters of those that do.</summary>
    public double Weights { get; init; }

    /// <summary>LoRA matrices.</summary>
    public double Adapter { get; init; }

    /// <summary>Reference, reward and value models.</summary>
    public double OtherModels { get; init; }

    /// <summary>Gradients of the trained weights.</summary>
    public double Gradients { get; init; }

    /// <summary>State of the optimiser.</summary>
    public double Optimizer { get; init; }

    /// <summary>What forward keeps for backward, and what backward holds at its widest layer.</summary>
    public double Activations { get; init; }

    /// <summary>Scores and probabilities of attention at a time.</summary>
    public double Attention { get; init; }

    /// <summary>Chunks of logits.</summary>
    public double Logits { get; init; }

    /// <summary>Keys, values and working memory of generation.</summary>
    public double Generation { get; init; }

    /// <summary>The process before any tensor: runtime and tensor library.</summary>
    public double Process { get; init; }

    /// <summary>What stays for the whole run.</summary>
    public double Resident => Weights + Adapter + OtherModels + Optimizer + Process;

    /// <summary>The peak: the larger of an update and a collection.</summary>
    public double Total => Resident + Math.Max(Gradients + Activations + Attention + Logits, Generation);

    /// <summary>The parts by name, for tables and JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parts =>
    [
        new("weights", Weights), new("adapter", Adapter), new("other models", OtherModels), new("optimiser", Optimizer), new("gradients", Gradients),
        new("activations", Activations), new("attention scores", Attention), new("logits", Logits), new("generation", Generation), new("process", Process),
    ];
}
