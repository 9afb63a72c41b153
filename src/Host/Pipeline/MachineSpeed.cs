using System.Diagnostics;
using System.Globalization;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Pipeline;

/// <summary>How fast matrix products are on this machine now, so that times in a table can be judged.</summary>
internal static class MachineSpeed
{
    private const int Rows = 512;
    private const int Width = 1024;
    private const double Seconds = 0.3;

    /// <summary>Measures for a third of a second.</summary>
    /// <returns>One line.</returns>
    public static string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"this machine now: {Measure() / 1e9:0} GFLOP/s in fp32 matrix products with {get_num_threads()} threads (two quiet cores of a 2023 server: about 200)");

    /// <summary>Measures for a third of a second.</summary>
    /// <returns>fp32 matrix products, operations per second.</returns>
    public static double Measure()
    {
        using var scope = NewDisposeScope();
        var x = randn(Rows, Width);
        var w = randn(Width, Width);
        nn.functional.linear(x, w);
        var clock = Stopwatch.StartNew();
        var count = 0;
        while (clock.Elapsed.TotalSeconds < Seconds)
        {
            using var inner = NewDisposeScope();
            nn.functional.linear(x, w);
            count++;
        }

        return 2.0 * Rows * Width * Width * count / clock.Elapsed.TotalSeconds;
    }
}
