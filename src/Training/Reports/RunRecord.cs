using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedicalGpt.Training;

/// <summary>Writes <c>run.json</c>: what was asked, with which data and versions, and how it went.</summary>
internal sealed class RunRecord
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly RunDirectory directory;
    private readonly StageRequest request;
    private readonly JsonObject record = [];

    public RunRecord(RunDirectory directory, StageRequest request)
    {
        this.directory = directory;
        this.request = request;
    }

    /// <summary>Writes the record of a run that begins.</summary>
    public void Begin()
    {
        record["schema"] = 1;
        record["stage"] = request.Stage;
        record["state"] = "running";
        record["started"] = Now();
        record["versions"] = new JsonObject
        {
            ["medgpt"] = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
            ["dotnet"] = Environment.Version.ToString(),
            ["libtorch"] = TensorRuntime.Version,
            ["system"] = RuntimeInformation.OSDescription,
            ["threads"] = TensorRuntime.Threads,
        };
        record["data"] = new JsonArray([.. request.DataFiles.Select(DataFile)]);
        record["options"] = request.ResolvedOptions?.DeepClone();
        Write();
    }

    /// <summary>Adds a line of description.</summary>
    public void Describe(string name, string text) => record[name] = text;

    /// <summary>Adds what happened to rows at the door.</summary>
    public void Describe(string name, EncodedRows rows) => record[name] = new JsonObject
    {
        ["given"] = rows.Summary.Given,
        ["kept"] = rows.Summary.Kept,
        ["rows_to_train"] = rows.Examples.Count,
        ["truncated"] = rows.Truncated,
        ["tokens"] = rows.Summary.Tokens,
        ["learned_tokens"] = rows.Summary.Learned,
        ["cut"] = Counts(rows.Summary.Cuts),
        ["dropped"] = Counts(rows.Summary.Dropped),
        ["notes"] = new JsonArray([.. rows.Summary.Notes.Select(note => (JsonNode)note.ToString())]),
        ["first"] = new JsonArray([.. rows.Summary.First.Select(row => (JsonNode)new JsonObject { ["place"] = row.Place, ["reason"] = row.Reason })]),
        ["from_cache"] = rows.FromCache,
        ["sha256"] = rows.Summary.Hash,
    };

    /// <summary>Adds the rows that reading left out.</summary>
    public void Describe(string name, Data.SkippedRows rows) => record[name] = new JsonObject
    {
        ["count"] = rows.Count,
        ["listed"] = new JsonArray([.. rows.Listed.Select(row => (JsonNode)new JsonObject { ["place"] = row.Place, ["reason"] = row.Reason })]),
    };

    /// <summary>Adds what the check of the rows found.</summary>
    public void Describe(string name, IReadOnlyList<DataChecks.DataFinding> findings) => record[name] = new JsonArray([.. findings.Select(finding => (JsonNode)finding.ToJson())]);

    /// <summary>Writes how the run ended.</summary>
    public void End(string state, StageResult? result)
    {
        record["state"] = state;
        record["ended"] = Now();
        if (result is not null)
        {
            record["steps"] = result.Steps;
            record["metrics"] = Numbers(result.Metrics);
            if (result.EvalBefore is { } before)
                record["eval_before"] = Numbers(before);
            if (result.EvalAfter is { } after)
                record["eval_after"] = Numbers(after);
        }

        Write();
    }

    /// <summary>Writes why the run failed, as far as the folder can still be written.</summary>
    public void Fail(Exception error)
    {
        record["error"] = error is MedicalGptException known ? known.ToBlock() : error.Message;
        try
        {
            End("failed", null);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            request.Progress.Report(new NoteReport($"run.json in {directory.Root} could not be brought up to date", Warning: true));
        }
    }

    private static JsonObject Numbers(IReadOnlyDictionary<string, double> values) =>
        new(values.Where(v => double.IsFinite(v.Value)).Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value)));

    private static JsonObject Counts(IReadOnlyDictionary<string, int> counts) => new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject DataFile(string path) => new()
    {
        ["path"] = path,
        ["bytes"] = new FileInfo(path).Length,
        ["sha256"] = CheckpointManifest.Hash(path),
    };

    private void Write()
    {
        Directory.CreateDirectory(directory.Root);
        DurableFiles.ReplaceText(directory.RunFile, record.ToJsonString(Json));
    }
}
