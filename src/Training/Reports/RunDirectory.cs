using System.Globalization;
using System.Text.Json;

namespace MedicalGpt.Training;

/// <summary>The files of a run: <c>run.json</c>, <c>metrics.jsonl</c>, <c>samples.jsonl</c>, <c>runs/</c>, <c>checkpoint-N/</c>, <c>report.html</c> and the result.</summary>
/// <param name="root">Folder of the run.</param>
public sealed class RunDirectory(string root)
{
    /// <summary>Name of a checkpoint's folder before its number.</summary>
    public const string CheckpointPrefix = "checkpoint-";

    private static readonly string[] ResultFiles = ["config.json", "adapter_config.json", "model.safetensors.index.json"];

    /// <summary>The folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Options, versions, data hashes, state.</summary>
    public string RunFile => Path.Combine(Root, "run.json");

    /// <summary>One object per logged step.</summary>
    public string MetricsFile => Path.Combine(Root, "metrics.jsonl");

    /// <summary>Answers kept for people to read.</summary>
    public string SamplesFile => Path.Combine(Root, "samples.jsonl");

    /// <summary>TensorBoard events.</summary>
    public string EventsDirectory => Path.Combine(Root, "runs");

    /// <summary>Held open by the run that writes here.</summary>
    public string LockFile => Path.Combine(Root, ".lock");

    /// <summary>The report.</summary>
    public string ReportFile => Path.Combine(Root, "report.html");

    /// <summary>The first training rows, token by token.</summary>
    public string PreviewFile => Path.Combine(Root, "preview.html");

    /// <summary>Folder of a checkpoint.</summary>
    /// <param name="step">Updates done.</param>
    /// <returns>Path.</returns>
    public string Checkpoint(int step) => Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"{CheckpointPrefix}{step}"));

    /// <summary>Complete checkpoints, oldest first.</summary>
    /// <returns>Folders with the number of updates done.</returns>
    public IReadOnlyList<(int Step, string Path)> Checkpoints()
    {
        if (!Directory.Exists(Root))
            return [];
        return
        [
            .. Directory.EnumerateDirectories(Root, CheckpointPrefix + "*")
                .Where(d => File.Exists(Path.Combine(d, CheckpointManifest.FileName)))
                .Select(d => (Step: int.TryParse(Path.GetFileName(d).AsSpan(CheckpointPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1, Path: d))
                .Where(c => c.Step >= 0)
                .OrderBy(c => c.Step),
        ];
    }

    /// <summary>Checks, before anything is done, that a fresh run may write here.</summary>
    /// <param name="overwrite">An earlier run's results may be replaced.</param>
    /// <exception cref="MedicalGptException">The folder holds an earlier run's results, and they may not be replaced.</exception>
    public void RequireFree(bool overwrite)
    {
        var results = Directory.Exists(Root) ? Directory.EnumerateFiles(Root, "*.safetensors").Concat(Checkpoints().Select(c => c.Path)).ToList() : [];
        if (!File.Exists(RunFile)) // no run wrote this folder: its config.json, metrics.jsonl … are somebody's own
            results.AddRange(ResultFiles.Select(n => Path.Combine(Root, n)).Concat([MetricsFile, SamplesFile, ReportFile]).Where(File.Exists));
        if (results.Count > 0 && !overwrite)
        {
            throw new MedicalGptException(
                $"--output_dir {Root} holds the results of an earlier run ({Path.GetFileName(results[0])}{(results.Count > 1 ? " …" : "")}); choose another folder, continue it with --resume_from_checkpoint auto, or replace it with --overwrite_output_dir true");
        }
    }

    /// <summary>Checks that a fresh run does not delete the models that it reads.</summary>
    /// <param name="models">Their folders.</param>
    /// <exception cref="MedicalGptException">One of them would be deleted.</exception>
    public void RequireApart(IEnumerable<string?> models)
    {
        string[] deleted = [RealPath.Of(Root), .. Checkpoints().Select(c => c.Path).Append(Path.Combine(Root, "value_model")).Select(RealPath.Of)];
        foreach (var model in models.OfType<string>().Where(m => m.Length > 0))
        {
            if (deleted.Contains(RealPath.Of(model)))
                throw new MedicalGptException("The run would delete the model that it starts from.") { Place = "--output-dir", Given = model, Allowed = "another folder than those of the models", Remedy = "choose another folder" };
        }
    }

    /// <summary>Deletes the checkpoints of an earlier run.</summary>
    public void ClearCheckpoints()
    {
        foreach (var (_, path) in Checkpoints())
            Directory.Delete(path, recursive: true);
    }

    /// <summary>Deletes what an earlier run left, and nothing else that may lie here.</summary>
    public void Clear()
    {
        Directory.CreateDirectory(Root);
        foreach (var file in ResultFiles.Select(n => Path.Combine(Root, n)).Concat(Directory.EnumerateFiles(Root, "*.safetensors")).Concat([RunFile, MetricsFile, SamplesFile, ReportFile, PreviewFile]))
            File.Delete(file);
        foreach (var folder in Checkpoints().Select(c => c.Path).Append(Path.Combine(Root, "value_model")).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        if (Directory.Exists(EventsDirectory))
        {
            foreach (var file in Directory.EnumerateFiles(EventsDirectory, "events.out.tfevents.*"))
                File.Delete(file);
        }
    }

    /// <summary>Deletes what a killed run was writing.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(Root))
            return;
        foreach (var half in Directory.EnumerateDirectories(Root, ".tmp-*"))
            Directory.Delete(half, recursive: true);
    }

    /// <summary>Cuts logs back to a step, so that a resumed run continues them without a gap or an overlap.</summary>
    /// <param name="step">Updates done at the checkpoint.</param>
    public void RewindLogs(int step)
    {
        Directory.CreateDirectory(Root);
        foreach (var file in new[] { MetricsFile, SamplesFile })
        {
            if (!File.Exists(file))
                continue;
            var kept = File.ReadAllLines(file).Where(line => StepOf(line) <= step).ToArray();
            File.WriteAllLines(file, kept);
        }
    }

    /// <summary>Writes into the folder.</summary>
    /// <exception cref="MedicalGptException">The disk refuses.</exception>
    internal T Write<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MedicalGptException("The output folder cannot be written. Checkpoints that are there are whole.", error) { Place = $"--output-dir {Root}", Given = File.Exists(Root) ? "a file" : error.Message, Allowed = "a folder that can be written", Remedy = "free some disk space, mend the permissions or name another folder, then continue with --resume-from-checkpoint auto" };
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    internal void Write(Action write) => Write(() =>
    {
        write();
        return true;
    });

    private static int StepOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("step", out var step) ? step.GetInt32() : int.MaxValue;
        }
        catch (JsonException)
        {
            return int.MaxValue; // a line that a crash cut short
        }
    }
}
