namespace MedicalGpt.Benchmarks;

/// <summary>What a measured case took. Every step is followed by the same matrix products alone, so that both see the same machine.</summary>
/// <param name="Seconds">Median of the steps.</param>
/// <param name="Share">Median of the products' time by their step's.</param>
/// <param name="Rate">fp32 or bf16 products of 512 rows, median, 10⁹ operations per second.</param>
/// <param name="PeakResident">VmHWM of the process after two steps, bytes.</param>
/// <param name="PeakTensors">Peak of live tensor bytes in a step.</param>
internal sealed record StepResult(double Seconds, double Share, double Rate, long PeakResident, long PeakTensors);
