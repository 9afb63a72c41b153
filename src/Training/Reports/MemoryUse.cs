using System.Globalization;
using MedicalGpt.Modeling;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

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

    internal static void AddTo(Dictionary<string, double> metrics, Device? device)
    {
        metrics["peak_resident_bytes"] = PeakResidentBytes;
        metrics["peak_tensor_bytes"] = TensorRuntime.PeakTensorBytes;
        AddCard(metrics, device);
    }

    /// <summary>Adds what a card's allocator says; nothing for the processor.</summary>
    internal static void AddCard(Dictionary<string, double> metrics, Device? device)
    {
        if (device is not null && ComputeDevice.Card(device.ToString()) is { } card)
            AddCard(metrics, Cuda.Memory(card));
    }

    /// <summary>Adds a card's counters; those that are not known are left out.</summary>
    internal static void AddCard(Dictionary<string, double> metrics, CudaMemory memory)
    {
        Add("allocated_bytes", memory.Allocated);
        Add("peak_allocated_bytes", memory.PeakAllocated);
        Add("reserved_bytes", memory.Reserved);
        Add("peak_reserved_bytes", memory.PeakReserved);
        Add("available_bytes", memory.Available);

        void Add(string name, long bytes)
        {
            if (bytes >= 0)
                metrics[$"cuda/{name}"] = bytes;
        }
    }
}
