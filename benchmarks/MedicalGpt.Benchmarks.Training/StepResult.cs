namespace MedicalGpt.Benchmarks;

/// <summary>What a measured case took.</summary>
/// <param name="Seconds">Median of the steps after the first.</param>
/// <param name="PeakResident">VmHWM of the process, bytes.</param>
/// <param name="PeakTensors">Peak of live tensor bytes.</param>
internal sealed record StepResult(double Seconds, long PeakResident, long PeakTensors);
