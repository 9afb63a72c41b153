namespace MedicalGpt.GpuCheck;

/// <summary>How the tests of an assembly ended.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Skipped">Tests that do not apply here.</param>
/// <param name="Failures">Name and message of each that failed.</param>
internal sealed record ParityResult(int Passed, int Skipped, IReadOnlyList<string> Failures);
