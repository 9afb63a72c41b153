using System.Diagnostics;

namespace MedicalGpt.Training;

/// <summary>Gathers metrics between two log lines.</summary>
internal sealed class MetricWindow
{
    /// <summary>Tokens seen since the start of the run, not of the window, as TRL counts them.</summary>
    private const string RunningTokens = "num_tokens";

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private Metrics metrics = new();
    private double loss;
    private int updates;
    private UpdateOutcome last;

    /// <summary>Sum of the losses of all updates of the run.</summary>
    public double TotalLoss { get; set; }

    /// <summary>Tokens seen since the start of the run.</summary>
    public double TokensSeen { get; set; }

    /// <summary>True when there is nothing to log.</summary>
    public bool IsEmpty => updates == 0;

    public void Add(UpdateOutcome outcome)
    {
        last = outcome;
        loss += outcome.Loss;
        TotalLoss += outcome.Loss;
        updates++;
        metrics.Merge(outcome.Metrics);
    }

    public void Add(Metrics other) => metrics.Merge(other);

    /// <summary>Gives the window's metrics and starts a new one.</summary>
    /// <param name="epoch">Passes over the rows so far.</param>
    public Dictionary<string, double> Take(double epoch)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["loss"] = loss / updates,
            ["grad_norm"] = last.GradientNorm,
            ["learning_rate"] = last.LearningRate,
            ["epoch"] = epoch,
        };
        foreach (var (name, value) in metrics.Values.OrderBy(m => m.Key, StringComparer.Ordinal))
            values[name] = value;
        if (values.TryGetValue(RunningTokens, out var tokens))
            values[RunningTokens] = TokensSeen += tokens;
        values["step_time"] = clock.Elapsed.TotalSeconds / updates;
        clock.Restart();
        metrics = new Metrics();
        loss = 0;
        updates = 0;
        return values;
    }
}
