using System.Text.Json;

namespace MedicalGpt.Training;

/// <summary>An answer as kept in samples.jsonl.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Split">train or eval.</param>
/// <param name="Sample">Prompt and answer.</param>
public sealed record LoggedSample(int Step, string Split, SampleRecord Sample)
{
    internal static LoggedSample Parse(JsonElement line) => new(
        line.GetProperty("step").GetInt32(),
        line.GetProperty("split").GetString() ?? "",
        new SampleRecord(
            line.GetProperty("prompt").GetString() ?? "",
            line.GetProperty("completion").GetString() ?? "",
            line.TryGetProperty("reward", out var reward) ? reward.GetDouble() : null,
            line.TryGetProperty("reference", out var reference) ? reference.GetString() : null));
}
