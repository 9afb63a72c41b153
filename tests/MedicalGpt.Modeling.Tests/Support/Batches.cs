using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Padded batches of the reference as layouts of real tokens.</summary>
internal static class Batches
{
    /// <summary>The real tokens of each row, and where they stood: row · T + column.</summary>
    public static (SequenceLayout Layout, long[] Places) Real(Tensor ids, Tensor mask, Tensor? labels = null)
    {
        var width = (int)ids.shape[1];
        var (id, real) = (Check.Longs(ids), Check.Longs(mask));
        var label = labels is null ? null : Check.Longs(labels);
        var segments = new List<Segment>();
        var places = new List<long>();
        for (var row = 0; row < ids.shape[0]; row++)
        {
            var columns = Enumerable.Range(row * width, width).Where(c => real[c] == 1).ToArray();
            places.AddRange(columns.Select(c => (long)c));
            segments.Add(new Segment([.. columns.Select(c => (int)id[c])]) { Learned = label is null ? null : [.. columns.Select(c => label[c] != -100)] });
        }

        return (SequenceLayout.Create(segments), [.. places]);
    }

    public static long[] AllTokens(SequenceLayout layout) => [.. Enumerable.Range(0, layout.TokenCount).Select(i => (long)i)];

    /// <summary>Rows of a [B, T, …] tensor at the places of <see cref="Real"/>.</summary>
    public static Tensor At(Tensor padded, long[] places) => padded.flatten(0, 1).index_select(0, tensor(places));
}
