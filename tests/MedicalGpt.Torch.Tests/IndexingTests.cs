using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Tests;

/// <summary>tensor[...] against the rows of 0 ... 11 as [3, 4].</summary>
public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor x = torch.arange(12).reshape(3, 4);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Singles_and_ranges()
    {
        Values(x[1]).ShouldBe([4, 5, 6, 7]);
        Values(x[-1, 2]).ShouldBe([10]);
        Values(x[.., 1..3]).ShouldBe([1, 2, 5, 6, 9, 10]);
        Values(x[..^1, -1]).ShouldBe([3, 7]);
        Values(x[TensorIndex.Ellipsis, 0]).ShouldBe([0, 4, 8]);
        Values(x[TensorIndex.Slice(0, 3, 2), 0]).ShouldBe([0, 8]);
        x[TensorIndex.None, 0].shape.ShouldBe([1, 4]);
    }

    [Fact]
    public void Vectors_of_indices_and_masks()
    {
        Values(x[torch.tensor([2L, 0L, 2L]), 1]).ShouldBe([9, 1, 9]);
        Values(x[torch.tensor([-1L])]).ShouldBe([8, 9, 10, 11]);
        Values(x[x > 8]).ShouldBe([9, 10, 11]);
        Values(x[torch.tensor([0L, 2L]), torch.tensor([1L, 3L])]).ShouldBe([1, 11]);
        x[torch.tensor(new long[,] { { 0, 1 }, { 1, 2 } })].shape.ShouldBe([2, 2, 4]);
    }

    [Fact]
    public void Assignment_writes_into_the_tensor()
    {
        x[0] = torch.zeros([4], ScalarType.Int64);
        x[.., 3] = torch.tensor(7L);
        x[x > 8] = torch.tensor(1L);
        Values(x).ShouldBe([0, 0, 0, 7, 4, 5, 6, 7, 8, 1, 1, 7]);
    }

    [Fact]
    public void Too_many_entries_are_named() => Should.Throw<TorchException>(() => x[0, 0, 0]).Message.ShouldContain("3 entries for Int64[3, 4]");

    private static long[] Values(Tensor t) => t.data<long>().ToArray();
}
