using System.Text.Json;

namespace MedicalGpt.Training;

/// <summary>
/// Where a run stands, beside its tensors. Random sources need no state of their own: every draw (row order, dropout, sampling) is seeded by the run's
/// seed and the update or collection it is for.
/// </summary>
internal sealed record TrainerState
{
    public const string FileName = "trainer_state.json";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Stage, for example <c>dpo</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Updates done.</summary>
    public required int Step { get; init; }

    /// <summary>Collections done.</summary>
    public required int Collections { get; init; }

    /// <summary>Passes over the rows done.</summary>
    public required int Epoch { get; init; }

    /// <summary>Collections done in this pass.</summary>
    public required int Position { get; init; }

    /// <summary>Updates of the whole run.</summary>
    public required int TotalSteps { get; init; }

    /// <summary>Seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Training rows after encoding; a resumed run must have the same.</summary>
    public required int Rows { get; init; }

    /// <summary>Hash of the training rows after encoding; a resumed run must have the same.</summary>
    public required string RowsHash { get; init; }

    /// <summary>Hash of the base model; a resumed run must start from the same.</summary>
    public required string BaseModelHash { get; init; }

    /// <summary>Rows of one collection; a resumed run must take the same.</summary>
    public required int RowsPerCollection { get; init; }

    /// <summary>Threads of the tensor library; results are the same to the bit only with the same number.</summary>
    public required int Threads { get; init; }

    /// <summary>Rank of the process.</summary>
    public int Rank { get; init; }

    /// <summary>Number of processes.</summary>
    public int WorldSize { get; init; } = 1;

    /// <summary>Sum of all updates' losses.</summary>
    public double TotalLoss { get; init; }

    /// <summary>Tokens seen.</summary>
    public double TokensSeen { get; init; }

    /// <summary>Factor of the loss in half precision; null in other precisions.</summary>
    public double? LossScale { get; init; }

    /// <summary>Good updates since the factor last changed.</summary>
    public int LossScaleGoodUpdates { get; init; }

    /// <summary>State of the algorithm.</summary>
    public IReadOnlyDictionary<string, double> Algorithm { get; init; } = new Dictionary<string, double>();

    public void Write(string directory) => File.WriteAllText(Path.Combine(directory, FileName), JsonSerializer.Serialize(this, Json));

    public static TrainerState Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            return JsonSerializer.Deserialize<TrainerState>(File.ReadAllText(path), Json) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new MedicalGptException($"{path} cannot be read: {error.Message}; resume from another checkpoint", error);
        }
    }

    /// <summary>Checks that a run continues what the checkpoint began.</summary>
    /// <param name="run">State of the run that begins.</param>
    /// <param name="directory">Folder of the checkpoint.</param>
    public void CheckFits(TrainerState run, string directory)
    {
        if (Stage != run.Stage)
            throw new MedicalGptException($"--resume_from_checkpoint {directory} is a checkpoint of stage {Stage}, this run is stage {run.Stage}; to start from its weights, give it as --model_name_or_path or --adapter");
        if (Rows != run.Rows)
            throw new MedicalGptException($"--resume_from_checkpoint {directory} was written with {Rows} training rows, this run has {run.Rows}; give the same data");
        if (RowsHash != run.RowsHash)
            throw Other(directory, "other training rows", RowsHash, run.RowsHash, "give the same data, tokenizer, template and length limits");
        if (BaseModelHash != run.BaseModelHash)
            throw Other(directory, "another base model", BaseModelHash, run.BaseModelHash, "give the same --model-name-or-path");
        if (RowsPerCollection != run.RowsPerCollection)
            throw new MedicalGptException($"--resume_from_checkpoint {directory} was written with {RowsPerCollection} rows per collection, this run takes {run.RowsPerCollection}; give the same batch size and accumulation");
        if (Seed != run.Seed)
            throw new MedicalGptException($"--resume_from_checkpoint {directory} was written with --seed {Seed}, this run has --seed {run.Seed}; give the same seed");
    }

    private static MedicalGptException Other(string directory, string what, string allowed, string given, string remedy) =>
        new($"The checkpoint was written with {what}.")
        {
            Place = $"--resume-from-checkpoint {directory}",
            Given = $"SHA-256 {given}",
            Allowed = $"SHA-256 {allowed}",
            Remedy = remedy + "; or begin a run in another folder from the checkpoint's weights, as --model-name-or-path or --adapter",
        };
}
