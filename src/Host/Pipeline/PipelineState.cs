using System.Text.Json;

namespace MedicalGpt.Host.Pipeline;

/// <summary>Which stages were begun and finished: <c>pipeline.json</c> in the recipe's output folder, replaced as a whole before and after every stage.</summary>
internal sealed class PipelineState
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly string _path;
    private readonly Dictionary<string, StageRecord> _stages;

    private PipelineState(string path, Dictionary<string, StageRecord> stages)
    {
        _path = path;
        _stages = stages;
    }

    /// <summary>Finished stages.</summary>
    public IReadOnlyCollection<StageRecord> Records => [.. _stages.Values.Where(record => record.Finished)];

    /// <summary>Opens the state of an output folder; an unreadable file is an error, a missing one is an empty state.</summary>
    /// <param name="folder">The recipe's output folder.</param>
    /// <returns>The state.</returns>
    public static PipelineState Open(string folder)
    {
        var path = Path.Combine(folder, "pipeline.json");
        if (!File.Exists(path))
            return new PipelineState(path, []);
        try
        {
            var records = JsonSerializer.Deserialize<List<StageRecord>>(File.ReadAllText(path), Json) ?? [];
            return new PipelineState(path, records.ToDictionary(r => r.Name, StringComparer.Ordinal));
        }
        catch (JsonException error)
        {
            throw new MedicalGptException($"The list of finished stages cannot be read: {error.Message}", error) { Place = path, Remedy = "delete the file to run every stage again" };
        }
    }

    /// <summary>The record of a stage that is finished with this fingerprint and whose output is still there.</summary>
    /// <param name="name">Stage.</param>
    /// <param name="fingerprint">Expected fingerprint.</param>
    /// <returns>The record, or null when the stage must run.</returns>
    public StageRecord? Finished(string name, string fingerprint) =>
        _stages.TryGetValue(name, out var record) && record.Finished && record.Fingerprint == fingerprint && (record.Output is null || Path.Exists(record.Output)) ? record : null;

    /// <summary>True for a stage that was begun with this fingerprint and did not end: what it saved may be continued.</summary>
    /// <param name="name">Stage.</param>
    /// <param name="fingerprint">Expected fingerprint.</param>
    /// <returns>Whether.</returns>
    public bool WasInterrupted(string name, string fingerprint) =>
        _stages.TryGetValue(name, out var record) && !record.Finished && record.Fingerprint == fingerprint;

    /// <summary>Notes that a stage is begun, so that its earlier result no longer counts, or that it is finished.</summary>
    /// <param name="record">Its record.</param>
    public void Set(StageRecord record)
    {
        _stages[record.Name] = record;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var temporary = _path + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(_stages.Values, Json));
        File.Move(temporary, _path, overwrite: true);
    }
}
