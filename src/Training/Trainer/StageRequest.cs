using System.Text.Json.Nodes;
using MedicalGpt.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedicalGpt.Training;

/// <summary>Everything a training run is made of. Weights are loaded only after the rows passed the door.</summary>
public sealed record StageRequest
{
    /// <summary>Name of the stage, for example <c>dpo</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>The algorithm.</summary>
    public required IAlgorithm Algorithm { get; init; }

    /// <summary>Options.</summary>
    public required TrainerOptions Options { get; init; }

    /// <summary>Template and tokenizer.</summary>
    public required IExampleEncoder Encoder { get; init; }

    /// <summary>Training rows as a stream, which gives the same rows each time it is read: once to look at them, and once to encode them where they are not in the cache.</summary>
    public required IAsyncEnumerable<Example> TrainRows { get; init; }

    /// <summary>Held-out rows, in the same way; may be empty.</summary>
    public IAsyncEnumerable<Example> EvalRows { get; init; } = AsyncEnumerable.Empty<Example>();

    /// <summary>Where encoded rows lie; null = in memory.</summary>
    public RowCache? RowCache { get; init; }

    /// <summary>Everything beside the rows that decides what they are encoded to: tokenizer, template, options, versions; null = encoded rows are not kept for other runs.</summary>
    public string? EncodingKey { get; init; }

    /// <summary>The rows that reading left out so far (<c>--on_bad_row skip</c>).</summary>
    public Data.SkippedRows SkippedRows { get; init; } = new();

    /// <summary>Loads the models; called on the compute thread, after the door.</summary>
    public required Func<ITrainedModels> LoadModels { get; init; }

    /// <summary>Makes the source of answers from the loaded models; needed by algorithms that sample.</summary>
    public Func<ITrainedModels, IStepRollouts>? CreateRollouts { get; init; }

    /// <summary>Reward functions; empty for algorithms that do not sample.</summary>
    public RewardPipeline Rewards { get; init; } = new([]);

    /// <summary>Folder of the tokenizer whose files are copied beside the result; null = none is copied.</summary>
    public string? TokenizerDirectory { get; init; }

    /// <summary>Text of the chat template that is used instead of the tokenizer's own, and goes into the result; null = its own.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Resolved options with the layer each came from, as stored in run.json.</summary>
    public JsonObject? ResolvedOptions { get; init; }

    /// <summary>Data files, whose hashes are stored in run.json.</summary>
    public IReadOnlyList<string> DataFiles { get; init; } = [];

    /// <summary>Hears progress.</summary>
    public ITrainingProgress Progress { get; init; } = new SilentProgress();

    /// <summary>Log.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
