using System.Diagnostics;
using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>The loop: collect, plan, update, log, evaluate, save. Checkpoints fall between collections, so they need no half-used experience.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly StageRequest request;
    private readonly ITrainedModels models;
    private readonly CheckpointStore checkpoints;
    private readonly RunDirectory directory;
    private readonly IReadOnlyList<EncodedExample> examples;
    private readonly RowSummary summary;
    private readonly IStepRollouts rollouts;
    private readonly Evaluator? evaluator;
    private readonly TrainingContext context;
    private readonly UpdateStep updater;
    private readonly RunPlan plan;
    private readonly string rowsHash, baseModelHash;
    private readonly Optimizer optimizer;
    private readonly LossScale? lossScale;
    private readonly MetricWindow window = new();
    private readonly Stopwatch clock = new();
    private MetricLog? log;
    private int step, collections, epoch, position, firstStep, lastSaved = -1;

    public TrainingSession(StageRequest request, ITrainedModels models, RunDirectory directory, CheckpointStore checkpoints, EncodedRows train, EncodedRows eval)
    {
        this.request = request;
        this.models = models;
        this.directory = directory;
        this.checkpoints = checkpoints;
        (examples, summary) = (train.Examples, train.Summary);
        var run = request.Options.Run;
        var batch = new BatchShape(run.PerDeviceTrainBatchSize, run.GradientAccumulationSteps);
        var shape = request.Algorithm.Shape(batch);
        (rowsHash, baseModelHash) = (train.Summary.Hash, Fingerprint.OfModel(request.Options.Model.ModelNameOrPath));
        plan = RunPlan.Create(run, shape, examples.Count, request.Stage);
        rollouts = request.Algorithm.Input == ExampleKind.Prompt && request.CreateRollouts is { } create ? create(models) : new NoRollouts();
        context = new TrainingContext(request, models, rollouts, batch, evaluating: false);
        optimizer = new Optimizer(models.Weights, request.Options.Optimizer);
        lossScale = request.Options.Precision == ComputePrecision.Fp16 ? new LossScale() : null;
        updater = new UpdateStep(request, context, models, optimizer, Schedule(shape), lossScale);
        evaluator = eval.Examples.Count > 0 ? new Evaluator(request, models, rollouts, eval.Examples) : null;
    }

    private Torch.torch.Device? Device => models.Weights.Count > 0 ? models.Weights[0].Value.device : null;

    private double Epochs => step / (double)plan.StepsPerEpoch;

    /// <summary>Continues from a checkpoint.</summary>
    public void Resume(string checkpoint)
    {
        var state = TrainerState.Read(checkpoint);
        state.CheckFits(State(), checkpoint);
        if (state.Step > plan.TotalSteps)
            throw new MedicalGptException($"--resume_from_checkpoint {checkpoint} has done {state.Step} updates and this run is to do {plan.TotalSteps}; raise --max_steps or --num_train_epochs, or resume from an earlier checkpoint");
        WeightFile.Load(Path.Combine(checkpoint, WeightFile.FileName), models.Weights);
        optimizer.Load(Path.Combine(checkpoint, Optimizer.FileName));
        if (state.LossScale is { } factor)
            lossScale?.Restore(factor, state.LossScaleGoodUpdates);
        if (request.Algorithm is IStatefulAlgorithm stateful)
            stateful.Restore(state.Algorithm);
        (step, collections, epoch, position) = (state.Step, state.Collections, state.Epoch, state.Position);
        (window.TotalLoss, window.TokensSeen) = (state.TotalLoss, state.TokensSeen);
        directory.Write(() => directory.RewindLogs(step));
        lastSaved = firstStep = step;
        request.Progress.Report(new NoteReport($"continuing after update {step} from {checkpoint}"));
        if (OptionChanges.Since(checkpoint, request.ResolvedOptions) is { } changes)
            request.Progress.Report(new NoteReport(changes, Warning: true));
        if (state.Threads != TensorRuntime.Threads)
            request.Progress.Report(new NoteReport($"the checkpoint was written with {state.Threads} threads, this run has {TensorRuntime.Threads}: results agree up to rounding only", Warning: true));
    }

    /// <summary>Trains to the end or to an interruption.</summary>
    public async Task<StageResult> RunAsync(CancellationToken cancellationToken)
    {
        using var opened = log = new MetricLog(directory);
        request.Progress.Report(new StartedReport(plan.TotalSteps, step, plan.Epochs, examples.Count));
        models.SetTraining(true);
        IReadOnlyDictionary<string, double>? before = null, after = null;
        try
        {
            if (request.Options.Run.EvalOnStart && step == 0)
                before = await EvaluateAsync(cancellationToken);
            clock.Start();
            while (step < plan.TotalSteps)
                after = await EpochAsync(cancellationToken);
            clock.Stop();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (lastSaved != step)
                Save();
            return new StageResult(false, step, directory.Root, Totals());
        }

        if (request.Options.Run.SaveStrategy != IntervalStrategy.No && lastSaved != step)
            Save();
        after ??= await EvaluateAsync(CancellationToken.None);
        checkpoints.WriteResult(WriteResult);
        request.Progress.Report(new SavedReport(step, directory.Root, Final: true));
        var totals = Totals();
        log.Write(step, totals);
        return new StageResult(true, step, directory.Root, totals) { EvalBefore = before, EvalAfter = after };
    }

    public void Dispose() => optimizer.Dispose();

    /// <summary>One pass over the rows, or what is left of it; gives the evaluation of the run's last update when there was one.</summary>
    private async Task<IReadOnlyDictionary<string, double>?> EpochAsync(CancellationToken cancellationToken)
    {
        var order = SeededRandom.Order(request.Options.Run.Seed, epoch, examples.Count, request.Options.Data.Shuffle);
        IReadOnlyDictionary<string, double>? evaluation = null;
        while (position < plan.CollectionsPerEpoch && step < plan.TotalSteps)
        {
            var rows = order.Skip(position * plan.RowsPerCollection).Take(plan.RowsPerCollection).Select(i => examples[i]).ToList();
            evaluation = await CollectionAsync(rows, cancellationToken);
            collections++;
            position++;
            var ended = position == plan.CollectionsPerEpoch;
            if (ended)
                (epoch, position) = (epoch + 1, 0);
            if (ended && request.Options.Run.EffectiveEvalStrategy == IntervalStrategy.Epoch)
                evaluation = await EvaluateAsync(cancellationToken);
            if (SaveIsDue(ended))
                Save();
            cancellationToken.ThrowIfCancellationRequested();
            if (ended)
                break;
        }

        return step == plan.TotalSteps ? evaluation : null;
    }

    private async Task<IReadOnlyDictionary<string, double>?> CollectionAsync(IReadOnlyList<EncodedExample> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        context.Step = step;
        TensorRuntime.Seed(SeededRandom.Number(request.Options.Run.Seed, step, "collection"));
        rollouts.MoveTo(step, evaluating: false);
        models.SetTraining(false); // what is read before the updates is read without dropout
        using var experience = await request.Algorithm.CollectAsync(rows, context, cancellationToken);
        models.SetTraining(true);
        window.Add(experience.Metrics);
        window.Add(request.Rewards.TakeMetrics());
        IReadOnlyDictionary<string, double>? evaluation = null;
        foreach (var update in request.Algorithm.Plan(experience, context))
        {
            context.Step = step;
            window.Add(updater.Run(update, step, collections, directory));
            step++;
            evaluation = null;
            if (step == 1 || step % request.Options.Run.LoggingSteps == 0 || step == plan.TotalSteps)
                Log(experience);
            ReportStep();
            if (request.Options.Run.EffectiveEvalStrategy == IntervalStrategy.Steps && step % (request.Options.Run.EvalSteps ?? request.Options.Run.LoggingSteps) == 0)
                evaluation = await EvaluateAsync(CancellationToken.None);
            if (step == plan.TotalSteps)
                break;
        }

        return evaluation;
    }

    private void Log(Experience experience)
    {
        var values = window.Take(Epochs);
        MemoryUse.AddCard(values, Device);
        log!.Write(step, values);
        log.Write(step, "train", experience.Samples.Take(request.Options.Run.SamplesPerLog));
        request.Progress.Report(new MetricsReport(step, values));
    }

    private async Task<IReadOnlyDictionary<string, double>?> EvaluateAsync(CancellationToken cancellationToken)
    {
        if (evaluator is null)
            return null;
        var time = Stopwatch.StartNew();
        var evaluation = await evaluator.RunAsync(step, cancellationToken);
        var values = new Dictionary<string, double>(evaluation.Metrics, StringComparer.Ordinal) { ["eval_runtime"] = time.Elapsed.TotalSeconds, ["epoch"] = Epochs };
        log!.Write(step, values);
        log.Write(step, "eval", evaluation.Samples.Take(Math.Max(8, request.Options.Run.SamplesPerLog)));
        request.Progress.Report(new MetricsReport(step, values));
        return values;
    }

    private bool SaveIsDue(bool epochEnded) => request.Options.Run.SaveStrategy switch
    {
        IntervalStrategy.Steps => step / request.Options.Run.SaveSteps > Math.Max(0, lastSaved) / request.Options.Run.SaveSteps,
        IntervalStrategy.Epoch => epochEnded,
        _ => false,
    };

    private void Save()
    {
        updater.RequireFiniteWeights(step, directory);
        var path = checkpoints.Write(step, folder =>
        {
            WeightFile.Save(Path.Combine(folder, WeightFile.FileName), models.Weights);
            optimizer.Save(Path.Combine(folder, Optimizer.FileName));
            State().Write(folder);
            WriteResult(folder);
        });
        lastSaved = step;
        request.Progress.Report(new SavedReport(step, path, Final: false));
    }

    private TrainerState State() => new()
    {
        Stage = request.Stage,
        Step = step,
        Collections = collections,
        Epoch = epoch,
        Position = position,
        TotalSteps = plan.TotalSteps,
        Seed = request.Options.Run.Seed,
        Rows = examples.Count,
        RowsHash = rowsHash,
        BaseModelHash = baseModelHash,
        RowsPerCollection = plan.RowsPerCollection,
        Threads = TensorRuntime.Threads,
        TotalLoss = window.TotalLoss,
        TokensSeen = window.TokensSeen,
        LossScale = lossScale?.Value,
        LossScaleGoodUpdates = lossScale?.GoodUpdates ?? 0,
        Algorithm = (request.Algorithm as IStatefulAlgorithm)?.State ?? new Dictionary<string, double>(),
    };

    private void WriteResult(string folder)
    {
        updater.RequireFiniteWeights(step, directory);
        models.Save(folder);
        if (request.TokenizerDirectory is { } tokenizer)
            TokenizerCopy.Copy(tokenizer, folder, request.ChatTemplate);
    }

    private LearningRateSchedule Schedule(CollectShape shape)
    {
        var options = request.Options.Optimizer;
        var length = shape.ScheduleOncePerCollect ? (plan.TotalSteps + shape.Updates - 1) / shape.Updates : plan.TotalSteps;
        return new LearningRateSchedule(options.LrSchedulerType, options.LearningRate, options.WarmupUpdates(length), length);
    }

    private void ReportStep()
    {
        var done = step - firstStep;
        var left = clock.Elapsed / done * (plan.TotalSteps - step);
        request.Progress.Report(new StepReport(step, plan.TotalSteps, updater.LastLoss, clock.Elapsed, left, collections > 0 ? done / (double)plan.UpdatesPerCollection * plan.RowsPerCollection / clock.Elapsed.TotalSeconds : 0));
    }

    private Dictionary<string, double> Totals()
    {
        var seconds = Math.Max(1e-9, clock.Elapsed.TotalSeconds);
        var done = step - firstStep;
        var totals = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["train_runtime"] = seconds,
            ["train_steps_per_second"] = done / seconds,
            ["train_samples_per_second"] = done / (double)plan.UpdatesPerCollection * plan.RowsPerCollection / seconds,
            ["train_loss"] = step > 0 ? window.TotalLoss / step : double.NaN,
            ["epoch"] = Epochs,
            ["train_rows_cut"] = summary.Cuts.Values.Sum(),
            ["train_rows_dropped"] = summary.Dropped.Values.Sum(),
        };
        MemoryUse.AddTo(totals, Device);
        return totals;
    }
}
