using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The tables of a codebook on a device. They are made when they are first used and live until this is disposed, so that nothing is copied to a card at every use.</summary>
public sealed class CodeTables : IDisposable
{
    private readonly Device place;
    private Tensor? values, midpoints, order, pairs;

    internal CodeTables(Codebook book, Device place)
    {
        Book = book;
        this.place = place;
    }

    /// <summary>The codebook.</summary>
    public Codebook Book { get; }

    /// <summary>Value of each code, fp32 [codes].</summary>
    public Tensor Values => values ??= Place(tensor([.. Book.Values]));

    /// <summary>Values of both codes of a byte, the one in the high half first, fp32 [256, 2]; for books of 16 codes.</summary>
    internal Tensor Pairs => pairs ??= Place(tensor([.. Enumerable.Range(0, 256).SelectMany(b => new[] { Book.Values[b >> 4], Book.Values[b & 15] })], [256, 2]));

    /// <summary>Codes of numbers between −1 and 1.</summary>
    /// <param name="numbers">fp32 of any shape.</param>
    /// <returns>Bytes of the same shape.</returns>
    public Tensor Encode(Tensor numbers)
    {
        using var scope = NewDisposeScope();
        midpoints ??= Place(tensor([.. Book.Midpoints]));
        var places = numbers.bucketize(midpoints, outInt32: true);
        if (Book.IsSorted)
            return places.to(ScalarType.Byte).MoveToOuterDisposeScope();
        order ??= Place(tensor([.. Book.Order.Select(code => (byte)code)]));
        return order.index_select(0, places.view(-1)).view(numbers.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var table in new[] { values, midpoints, order, pairs })
            table?.Dispose();
        (values, midpoints, order, pairs) = (null, null, null, null);
    }

    private Tensor Place(Tensor table)
    {
        using var local = table;
        return table.to(place).DetachFromDisposeScope();
    }
}
