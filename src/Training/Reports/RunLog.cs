using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedicalGpt.Training;

/// <summary>A finished or running run, read back from its folder.</summary>
public sealed class RunLog
{
    private readonly Dictionary<string, List<MetricPoint>> series = new(StringComparer.Ordinal);

    private RunLog(JsonObject record, IReadOnlyList<LoggedSample> samples)
    {
        Record = record;
        Samples = samples;
    }

    /// <summary>Contents of run.json.</summary>
    public JsonObject Record { get; }

    /// <summary>Points of every metric, in order of steps.</summary>
    public IReadOnlyDictionary<string, List<MetricPoint>> Series => series;

    /// <summary>Answers, in order of steps.</summary>
    public IReadOnlyList<LoggedSample> Samples { get; }

    /// <summary>Name of the stage.</summary>
    public string Stage => Record["stage"]?.GetValue<string>() ?? "?";

    /// <summary>running, completed, interrupted or failed.</summary>
    public string State => Record["state"]?.GetValue<string>() ?? "?";

    /// <summary>Reads a run's folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <returns>The run.</returns>
    /// <exception cref="MedicalGptException">The folder holds no run.</exception>
    public static RunLog Read(RunDirectory directory)
    {
        if (!File.Exists(directory.RunFile))
            throw new MedicalGptException($"{directory.Root} is not the folder of a run: it has no run.json");
        try
        {
            var log = new RunLog(ReadRecord(directory), [.. Lines(directory.SamplesFile).Select(LoggedSample.Parse)]);
            foreach (var line in Lines(directory.MetricsFile))
                log.Add(line);
            return log;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new MedicalGptException($"the files of the run in {directory.Root} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The last value of a metric.</summary>
    /// <param name="name">Metric.</param>
    /// <returns>Its value; null when it was never logged.</returns>
    public double? Last(string name) => series.TryGetValue(name, out var points) ? points[^1].Value : null;

    /// <summary>Reads run.json alone.</summary>
    internal static JsonObject ReadRecord(RunDirectory directory)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(directory.RunFile)) as JsonObject ?? throw new JsonException("it is no JSON object");
        }
        catch (JsonException error)
        {
            throw new MedicalGptException($"{directory.RunFile} cannot be read: {error.Message}", error);
        }
    }

    private static IEnumerable<JsonElement> Lines(string path)
    {
        if (!File.Exists(path))
            yield break;
        foreach (var line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    private void Add(JsonElement line)
    {
        var step = line.GetProperty("step").GetInt32();
        foreach (var property in line.EnumerateObject())
        {
            if (property.NameEquals("step") || property.Value.ValueKind != JsonValueKind.Number)
                continue;
            if (!series.TryGetValue(property.Name, out var points))
                series[property.Name] = points = [];
            points.Add(new MetricPoint(step, property.Value.GetDouble()));
        }
    }
}
