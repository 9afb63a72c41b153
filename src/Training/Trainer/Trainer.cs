namespace MedicalGpt.Training;

/// <summary>Trains a stage: rows through the door, models, the loop, the result. One run at a time per compute thread.</summary>
/// <param name="compute">The thread that touches tensors.</param>
public sealed class Trainer(ComputeThread compute)
{
    /// <summary>Runs a stage.</summary>
    /// <param name="request">What to train on what.</param>
    /// <param name="cancellationToken">Interrupts the run: it writes a checkpoint and returns.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="MedicalGptException">Bad input, a full disk, or training that diverged; <c>run.json</c> says so too.</exception>
    public Task<StageResult> RunAsync(StageRequest request, CancellationToken cancellationToken) =>
        compute.RunAsync(() => RunHereAsync(request, cancellationToken));

    private static async Task<StageResult> RunHereAsync(StageRequest request, CancellationToken cancellationToken)
    {
        var options = request.Options.Run;
        var directory = new RunDirectory(options.OutputDir);
        using var held = RunLock.Take(directory);
        var checkpoints = new CheckpointStore(directory, options.SaveTotalLimit);
        var resumeFrom = options.ResumeFromCheckpoint is { Length: > 0 } asked ? checkpoints.Find(asked) : null;
        if (resumeFrom is null)
        {
            directory.RequireFree(options.OverwriteOutputDir);
            var given = request.Options.Model;
            directory.RequireApart([given.ModelNameOrPath, given.RewardModelPath, given.ValueModelPath, given.Reference, request.Options.Adapter.Adapter]);
        }
        else
        {
            CheckpointManifest.Verify(resumeFrom);
        }

        var record = new RunRecord(directory, request);
        using var rows = await RowIntake.EnterAsync(request, record, cancellationToken);
        using var models = request.LoadModels();
        Door.CheckVocabulary(models.VocabularySize, rows.Train);
        Door.CheckVocabulary(models.VocabularySize, rows.Eval);
        using var session = new TrainingSession(request, models, directory, checkpoints, rows.Train, rows.Eval);
        request.Progress.Report(new NoteReport(models.Summary));
        if (resumeFrom is not null)
            session.Resume(resumeFrom);
        try
        {
            directory.Write(() =>
            {
                directory.Sweep();
                if (resumeFrom is null)
                    directory.Clear();
                record.Begin();
                RowPreview.WriteHtml(directory.PreviewFile, request.Stage, rows.Train.Examples, request.Encoder);
            });
            record.Describe("model", models.Summary);
            var result = await session.RunAsync(cancellationToken);
            directory.Write(() =>
            {
                record.End(result.Completed ? "completed" : "interrupted", result);
                RunReport.Write(directory);
            });
            return result;
        }
        catch (OperationCanceledException)
        {
            directory.Write(() => record.End("interrupted", null));
            throw;
        }
        catch (Exception error)
        {
            record.Fail(error);
            throw;
        }
    }
}
