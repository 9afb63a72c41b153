using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The values that codes stand for. A number takes the code of the nearest value; half-way, of the lower one.</summary>
public sealed class Codebook
{
    private Codebook(float[] values)
    {
        Values = values;
        // Sorted by value, equal ones by code: fp4 has two zeros.
        Order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ThenBy(i => i)];
        Midpoints = [.. Order.Zip(Order.Skip(1), (low, high) => (values[low] + values[high]) / 2)];
        IsSorted = Order.Select((code, place) => code == place).All(same => same);
    }

    /// <summary>NF4: normal quantiles (QLoRA, appendix E).</summary>
    public static Codebook Nf4 { get; } = new(
    [
        -1.0f, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f, -0.18477343022823334f, -0.09105003625154495f, 0.0f,
        0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f, 0.44070982933044434f, 0.5626170039176941f, 0.7229568362236023f, 1.0f,
    ]);

    /// <summary>FP4: ±0, ±1/192, ±2/3, ±1, ±1/3, ±1/2, ±1/6, ±1/4.</summary>
    public static Codebook Fp4 { get; } = new(
    [
        0.0f, 0.0052083334885537624f, 0.6666666865348816f, 1.0f, 0.3333333432674408f, 0.5f, 0.1666666716337204f, 0.25f,
        0.0f, -0.0052083334885537624f, -0.6666666865348816f, -1.0f, -0.3333333432674408f, -0.5f, -0.1666666716337204f, -0.25f,
    ]);

    /// <summary>8 bits with sign, dense near 0 (Dettmers 2016, arXiv:1511.04561).</summary>
    public static Codebook SignedDynamic { get; } = new(Dynamic(signed: true));

    /// <summary>8 bits without sign.</summary>
    public static Codebook UnsignedDynamic { get; } = new(Dynamic(signed: false));

    /// <summary>Value of each code.</summary>
    public IReadOnlyList<float> Values { get; }

    /// <summary>True when larger codes stand for larger values.</summary>
    public bool IsSorted { get; }

    /// <summary>Codes from the smallest value to the largest.</summary>
    internal IReadOnlyList<int> Order { get; }

    /// <summary>Half-way points between neighbouring values, in that order.</summary>
    internal IReadOnlyList<float> Midpoints { get; }

    /// <summary>Its tables on a device; the caller disposes them.</summary>
    /// <param name="place">Where.</param>
    /// <returns>The tables.</returns>
    public CodeTables On(Device place) => new(this, place);

    // Seven decades; decade i holds 2^i means of neighbouring points spread evenly over [0.1, 1], scaled by 10^(i - 6); the signed map mirrors them.
    private static float[] Dynamic(bool signed)
    {
        var values = new List<float>();
        var extra = signed ? 0 : 1;
        for (var i = 0; i < 7; i++)
        {
            var count = 1 << (i + extra);
            var scale = Math.Pow(10, i - 6);
            for (var k = 0; k < count; k++)
            {
                var mean = (Spread(k, count) + Spread(k + 1, count)) / 2;
                values.Add((float)scale * mean);
                if (signed)
                    values.Add(-(float)scale * mean);
            }
        }

        values.Add(0);
        values.Add(1);
        values.Sort();
        return [.. values];
    }

    // fp32 points from 0.1 to 1, computed from both ends with one rounding each, as PyTorch's linspace does.
    private static float Spread(int k, int count)
    {
        var step = (1f - 0.1f) / count;
        return k < (count + 1) / 2 ? MathF.FusedMultiplyAdd(step, k, 0.1f) : MathF.FusedMultiplyAdd(-step, count - k, 1f);
    }
}
