using System.Diagnostics;
using MedicalGpt.Modeling;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.GpuCheck;

/// <summary>Time and peak memory of work on a device.</summary>
/// <param name="device">cpu or cuda:N.</param>
internal sealed class Meter(string device)
{
    private readonly int? card = ComputeDevice.Card(device);

    /// <summary>What the device is called.</summary>
    public string DeviceName => card is { } index ? Cuda.Name(index) : $"the processor ({get_num_threads()} threads)";

    /// <summary>Most bytes of tensors since the last <see cref="ResetPeak"/>.</summary>
    public double Peak => card is { } index ? Cuda.Memory(index).PeakAllocated : TensorMemory.PeakBytes;

    /// <summary>Most bytes that libtorch's allocator held on the card.</summary>
    public double PeakHeld => card is { } index ? Cuda.Memory(index).PeakReserved : MemoryUse.PeakResidentBytes;

    /// <summary>Forgets earlier peaks.</summary>
    public void ResetPeak()
    {
        if (card is { } index)
            Cuda.ResetPeak(index);
        TensorMemory.ResetPeak();
    }

    /// <summary>Waits until the device has done all its work.</summary>
    public void Wait()
    {
        if (card is { } index)
            cuda.synchronize(MedicalGpt.Torch.torch.device(device));
    }

    /// <summary>Seconds of a piece of work: the median of some runs after a first one.</summary>
    /// <param name="runs">Runs that are counted.</param>
    /// <param name="work">The work.</param>
    public double Seconds(int runs, Action work)
    {
        var times = new List<double>();
        for (var i = 0; i <= runs; i++)
        {
            Wait();
            var clock = Stopwatch.StartNew();
            work();
            Wait();
            if (i > 0)
                times.Add(clock.Elapsed.TotalSeconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>Dense matrix products of the device, operations per second.</summary>
    /// <param name="width">Width of the square matrices.</param>
    /// <param name="format">Number format.</param>
    public double Rate(int width, ScalarType format)
    {
        const int Together = 10;
        using var scope = NewDisposeScope();
        var x = randn(width, width, ScalarType.Float32, MedicalGpt.Torch.torch.device(device)).to(format);
        var y = randn(width, width, ScalarType.Float32, MedicalGpt.Torch.torch.device(device)).to(format);
        var seconds = Seconds(5, () =>
        {
            using var inner = NewDisposeScope();
            for (var i = 0; i < Together; i++)
                x.matmul(y);
        });
        return 2.0 * width * width * width * Together / seconds;
    }
}
