using System.Globalization;

namespace MedicalGpt.Host.Pipeline;

/// <summary>Peak resident memory of this process, as the kernel counts it.</summary>
internal static class PeakMemory
{
    /// <summary>Starts the count anew (the kernel's VmHWM is set to the present size). Without the right to do so the peak is that of the whole process.</summary>
    public static void Reset()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (UnauthorizedAccessException)
        {
            return;
        }
        catch (IOException)
        {
            return;
        }
    }

    /// <summary>The peak since the last reset, bytes.</summary>
    /// <returns>VmHWM.</returns>
    public static long Read()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
