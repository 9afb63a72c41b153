using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Tests;

/// <summary>Large blocks are kept for the next tensor, within what was once live.</summary>
public sealed class BlockReuseTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void A_released_block_serves_the_next_tensor_of_its_size()
    {
        // A fresh block from the system would be zero.
        ones([3 * Megabyte], ScalarType.Float32).Dispose();
        using var second = empty([3 * Megabyte], ScalarType.Float32);
        second.sum().item<float>().ShouldBe(3 * Megabyte);
    }

    [Fact]
    public void A_tensor_in_a_used_block_is_zeroed_when_zeros_are_asked_for()
    {
        ones([3 * Megabyte], ScalarType.Float32).Dispose();
        using var next = zeros([3 * Megabyte], ScalarType.Float32);
        next.abs().max().item<float>().ShouldBe(0);
    }

    [Fact]
    public void Kept_and_live_blocks_never_exceed_what_was_live()
    {
        ones([100 * Megabyte], ScalarType.Float32).Dispose();
        var before = ResidentBytes();
        FillAndRelease();
        (ResidentBytes() - before).ShouldBeLessThan(32 * Megabyte);
    }

    [Fact]
    public void A_refused_block_empties_what_is_kept_and_does_not_raise_the_bound()
    {
        ones([100 * Megabyte], ScalarType.Float32).Dispose();
        var before = ResidentBytes();
        // 2^50 bytes are more than a process can address.
        Should.Throw<TorchException>(() => empty([1L << 48], ScalarType.Float32)).Message.ShouldContain("not enough memory");
        (before - ResidentBytes()).ShouldBeGreaterThan(350 * Megabyte);
        FillAndRelease();
        (ResidentBytes() - before).ShouldBeLessThan(32 * Megabyte);
    }

    // 60 sizes that do not fit each other: 1.2 times the one before; kept without a bound they would be 2.6 GB.
    private static void FillAndRelease()
    {
        for (var size = 64.0 * 1024; size < 100 * Megabyte; size *= 1.2)
            ones([(long)size], ScalarType.Float32).Dispose();
    }

    private static long ResidentBytes() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
