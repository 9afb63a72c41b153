using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Tests;

/// <summary>What there is to ask about cards, with and without one.</summary>
public sealed class CudaTests
{
    [Fact]
    public void Cards_need_a_libtorch_with_CUDA()
    {
        Cuda.Count.ShouldBe(cuda.device_count());
        if (!Cuda.IsBuilt)
            Cuda.Count.ShouldBe(0);
    }

    [Fact]
    public void A_card_that_is_not_there_is_named()
    {
        var index = Cuda.Count;
        foreach (var ask in new Action[] { () => Cuda.Memory(index), () => Cuda.Name(index), () => Cuda.ResetPeak(index) })
            Should.Throw<TorchException>(ask).Message.ShouldContain($"there is no cuda:{index}; this process sees {index} NVIDIA GPU(s)");
    }

    [Fact]
    public void TF32_is_off_until_it_is_switched_on()
    {
        Cuda.AllowTf32.ShouldBeFalse();
        Cuda.AllowTf32 = true;
        Cuda.AllowTf32.ShouldBeTrue();
        Cuda.AllowTf32 = false;
    }

    [Fact]
    public void Freed_blocks_of_the_allocator_count_as_available() =>
        new CudaMemory { Allocated = 3, Reserved = 8, Free = 10, Total = 20 }.Available.ShouldBe(15);

    [Fact]
    public void Work_without_determinism_leaves_it_on()
    {
        Determinism.Without(CPU, are_deterministic_algorithms_enabled).ShouldBeTrue();
        Determinism.Without(CUDA, are_deterministic_algorithms_enabled).ShouldBeFalse();
        are_deterministic_algorithms_enabled().ShouldBeTrue();
    }
}
