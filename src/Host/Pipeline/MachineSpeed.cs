using System.Diagnostics;
using System.Globalization;
using MedicalGpt.Modeling;
using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training.Planning;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Pipeline;

/// <summary>How fast matrix products are on this machine now, so that times in a table can be judged.</summary>
internal static class MachineSpeed
{
    private const int Rows = 512;
    private const int Width = 1024;
    private const double Seconds = 0.3;
    private const double ProcessorBandwidth = 15e9;
    private const int CardWidth = 4096;
    private const long CopyBytes = 256L << 20;

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
        return 2.0 * Rows * Width * Width * PerSecond(() => nn.functional.linear(x, w), () => { });
    }

    /// <summary>Measures a device for a third of a second, a card for two thirds.</summary>
    /// <param name="device">cpu or cuda:N.</param>
    /// <param name="format">Format of a card's matrix products.</param>
    /// <returns>The device with its rate; a card with its free memory and its bandwidth, too.</returns>
    public static DeviceRate Measure(string device, ScalarType format)
    {
        if (ComputeDevice.Card(device) is not { } card)
            return new DeviceRate("this processor", double.PositiveInfinity, Measure(), ProcessorBandwidth);
        var free = Cuda.Memory(card).Available; // before the tensors below
        using var scope = NewDisposeScope();
        var place = torch.device(device);
        var x = randn(CardWidth, CardWidth, ScalarType.Float32, place).to(format);
        void Wait() => cuda.synchronize(place);
        var rate = 2.0 * CardWidth * CardWidth * CardWidth * PerSecond(() => x.matmul(x), Wait);
        var (from, to) = (zeros([CopyBytes], ScalarType.Byte, place), zeros([CopyBytes], ScalarType.Byte, place));
        var bandwidth = 2.0 * CopyBytes * PerSecond(() => to.copy_(from), Wait);
        return new DeviceRate($"{device} ({Cuda.Name(card)})", free, rate, bandwidth);
    }

    private static double PerSecond(Action work, Action wait)
    {
        // Work is queued on a card: it is waited for after every few calls.
        const int Together = 8;
        Run();
        var clock = Stopwatch.StartNew();
        var count = 0;
        while (clock.Elapsed.TotalSeconds < Seconds)
        {
            Run();
            count += Together;
        }

        return count / clock.Elapsed.TotalSeconds;

        void Run()
        {
            using var inner = NewDisposeScope();
            for (var i = 0; i < Together; i++)
                work();
            wait();
        }
    }
}
