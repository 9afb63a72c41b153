using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedicalGpt.Training;

/// <summary>Writes <c>metrics.jsonl</c>, <c>samples.jsonl</c> and the TensorBoard events of a run.</summary>
internal sealed class MetricLog : IDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly RunDirectory directory;
    private readonly EventFileWriter events;

    public MetricLog(RunDirectory directory)
    {
        this.directory = directory;
        events = directory.Write(() => new EventFileWriter(directory.EventsDirectory));
    }

    /// <summary>Logs metrics of a step.</summary>
    public void Write(int step, IReadOnlyDictionary<string, double> values)
    {
        Append(directory.MetricsFile, json =>
        {
            json.WriteNumber("step", step);
            foreach (var (name, value) in values)
            {
                if (double.IsFinite(value))
                    json.WriteNumber(name, value);
                else
                    json.WriteNull(name);
            }
        });
        directory.Write(() => events.Write(step, values.Select(v => new KeyValuePair<string, float>(Tag(v.Key), (float)v.Value))));
    }

    /// <summary>Keeps answers for people to read.</summary>
    public void Write(int step, string split, IEnumerable<SampleRecord> samples)
    {
        foreach (var sample in samples)
        {
            Append(directory.SamplesFile, json =>
            {
                json.WriteNumber("step", step);
                json.WriteString("split", split);
                json.WriteString("prompt", sample.Prompt);
                json.WriteString("completion", sample.Completion);
                if (sample.Reward is { } reward && double.IsFinite(reward))
                    json.WriteNumber("reward", reward);
                if (sample.Reference is { } reference)
                    json.WriteString("reference", reference);
            });
        }
    }

    public void Dispose() => events.Dispose();

    private static string Tag(string name) => name.StartsWith("eval_", StringComparison.Ordinal) ? "eval/" + name[5..] : "train/" + name;

    private void Append(string path, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        directory.Write(() =>
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(buffer.GetBuffer(), 0, (int)buffer.Length); // one write per line: a crash leaves whole lines
        });
    }
}
