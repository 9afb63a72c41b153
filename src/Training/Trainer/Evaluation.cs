namespace MedicalGpt.Training;

/// <summary>What an evaluation measured.</summary>
/// <param name="Metrics">Metrics, each named <c>eval_…</c>.</param>
/// <param name="Samples">Answers worth showing.</param>
internal sealed record Evaluation(IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<SampleRecord> Samples);
