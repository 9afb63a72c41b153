using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Training.Tests;

/// <summary>What metrics say of a card's memory.</summary>
public sealed class MemoryUseTests
{
    [Fact]
    public void The_allocators_counters_are_metrics_and_unknown_ones_are_left_out()
    {
        var metrics = new Dictionary<string, double>();
        MemoryUse.AddCard(metrics, new CudaMemory { Allocated = 10, PeakAllocated = 15, Reserved = 20, PeakReserved = 25, Free = 60, Total = 100 });
        metrics.ShouldBe(
            new Dictionary<string, double> { ["cuda/allocated_bytes"] = 10, ["cuda/peak_allocated_bytes"] = 15, ["cuda/reserved_bytes"] = 20, ["cuda/peak_reserved_bytes"] = 25, ["cuda/available_bytes"] = 70 },
            ignoreOrder: true);
        metrics.Clear();
        MemoryUse.AddCard(metrics, new CudaMemory { Allocated = -1, PeakAllocated = -1, Reserved = -1, PeakReserved = -1, Free = 60, Total = 100 });
        metrics.ShouldBe(new Dictionary<string, double> { ["cuda/available_bytes"] = 60 });
    }

    [Fact]
    public void The_processor_has_none()
    {
        var metrics = new Dictionary<string, double>();
        MemoryUse.AddCard(metrics, Torch.torch.CPU);
        metrics.ShouldBeEmpty();
    }
}
