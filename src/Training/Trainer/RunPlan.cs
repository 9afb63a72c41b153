namespace MedicalGpt.Training;

/// <summary>How many updates a run does, and how they fall into epochs and collections.</summary>
/// <param name="RowsPerCollection">Rows that one collection takes.</param>
/// <param name="CollectionsPerEpoch">Collections in a pass over the rows.</param>
/// <param name="UpdatesPerCollection">Updates that one collection gives.</param>
/// <param name="TotalSteps">Updates of the run.</param>
internal sealed record RunPlan(int RowsPerCollection, int CollectionsPerEpoch, int UpdatesPerCollection, int TotalSteps)
{
    /// <summary>Passes over the rows: those asked for, or what a number of updates or collections that is given comes to.</summary>
    public required double Epochs { get; init; }

    /// <summary>Updates in a pass over the rows.</summary>
    public int StepsPerEpoch => CollectionsPerEpoch * UpdatesPerCollection;

    /// <summary>Plans a run: <c>--max_steps</c> wins over the algorithm's own total, which wins over <c>--num_train_epochs</c>.</summary>
    public static RunPlan Create(RunOptions options, CollectShape shape, int rows, string stage)
    {
        var collections = shape.DropIncomplete ? rows / shape.Examples : (rows + shape.Examples - 1) / shape.Examples;
        if (collections == 0)
        {
            throw new MedicalGptException(
                $"stage {stage}: {rows} training rows are fewer than one collection of {shape.Examples}; give more rows, or lower --per_device_train_batch_size or --gradient_accumulation_steps");
        }

        var perEpoch = (long)collections * shape.Updates;
        var total = options.MaxSteps > 0 ? options.MaxSteps
            : shape.Collections is { } fixedNumber ? (long)fixedNumber * shape.Updates
            : (long)Math.Ceiling(options.NumTrainEpochs * perEpoch);
        var steps = (int)Math.Clamp(total, 1, int.MaxValue);
        return new RunPlan(shape.Examples, collections, shape.Updates, steps)
        {
            Epochs = options.MaxSteps > 0 || shape.Collections is not null ? steps / (double)perEpoch : options.NumTrainEpochs,
        };
    }
}
