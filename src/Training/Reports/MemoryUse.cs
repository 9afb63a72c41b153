using System.Globalization;

namespace MedicalGpt.Training;

/// <summary>Peak memory of the process and of the tensors.</summary>
public static class MemoryUse
{
    /// <summary>Highest resident size of the process so far (VmHWM), bytes; 0 where the system does not say.</summary>
    public static long PeakResidentBytes
    {
        get
        {
            const string Status = "/proc/self/status";
            if (!File.Exists(Status))
                return 0;
            var line = File.ReadLines(Status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            var kilobytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
            return long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * 1024 : 0;
        }
    }

    internal static void AddTo(Dictionary<string, double> metrics)
    {
        metrics["peak_resident_bytes"] = PeakResidentBytes;
        metrics["peak_tensor_bytes"] = TensorRuntime.PeakTensorBytes;
    }
}
