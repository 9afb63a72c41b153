using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Grouped attention and its derivative against plain masked attention through autograd.</summary>
public sealed class AttentionTests
{
    public static TheoryData<string, int[][]> Layouts => new()
    {
        // Segments of a row as (length, parent).
        { "one root", [[5, -1]] },
        { "roots of different lengths", [[5, -1, 3, -1, 7, -1]] },
        { "a prompt with children", [[4, -1, 3, 0, 2, 0]] },
        { "a chain beside a root", [[4, -1, 3, 0, 2, 1], [6, -1]] },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Values_and_gradients(string name, int[][] rows)
    {
        using var scope = NewDisposeScope();
        var layout = SequenceLayout.Create([.. rows.Select(r => (IReadOnlyList<Segment>)[.. r.Chunk(2).Select(s => new Segment(new int[s[0]]) { Parent = s[1] < 0 ? null : s[1] })])]);
        var n = layout.TokenCount;
        manual_seed(3);
        var (q, k, v) = (randn([n, 4, 6]).requires_grad_(), randn([n, 2, 6]).requires_grad_(), randn([n, 2, 6]).requires_grad_());
        var weights = randn([n, 4, 6]);
        var output = SegmentAttention.Create(layout, null, CPU).Attend(new AttentionLayer(0, 1 / Math.Sqrt(6)), q, k, v);
        var gradients = autograd.grad([output.mul(weights).sum()], [q, k, v]);

        var hidden = tensor(Hidden(layout)).view([1, n, n]);
        var (qh, kh, vh) = (q.transpose(0, 1), k.repeat_interleave(2, 1).transpose(0, 1), v.repeat_interleave(2, 1).transpose(0, 1));
        var plain = qh.matmul(kh.transpose(1, 2)).div(Math.Sqrt(6)).masked_fill(hidden, double.NegativeInfinity).softmax(-1).matmul(vh).transpose(0, 1);
        var expected = autograd.grad([plain.mul(weights).sum()], [q, k, v]);
        Check.Close(output, plain, 1e-5, 1e-5, $"{name}: output");
        for (var i = 0; i < 3; i++)
            Check.Close(gradients[i], expected[i], 1e-5, 1e-5, $"{name}: gradient by {"qkv"[i]}");
    }

    /// <summary>Windows narrower than a block, as wide as several, and wider than the sequence; with and without a soft cap.</summary>
    [Theory]
    [InlineData(1, null)]
    [InlineData(5, 2.0)]
    [InlineData(70, null)]
    [InlineData(100, 0.7)]
    [InlineData(500, 1.5)]
    public void Windows_and_soft_caps(int width, double? cap)
    {
        using var scope = NewDisposeScope();
        var layout = SequenceLayout.Create([
            [new Segment(new int[150]), new Segment(new int[90]) { Parent = 0 }, new Segment(new int[3]) { Parent = 0 }, new Segment(new int[7]) { Parent = 1 }],
            [new Segment(new int[200])], [new Segment(new int[4])]]);
        var n = layout.TokenCount;
        manual_seed(4);
        var (q, k, v) = (randn([n, 4, 6]).requires_grad_(), randn([n, 2, 6]).requires_grad_(), randn([n, 2, 6]).requires_grad_());
        var weights = randn([n, 4, 6]);
        var attention = SegmentAttention.Create(layout, new SlidingWindow(width, [true, false]), CPU);
        foreach (var windowed in new[] { true, false })
        {
            var output = attention.Attend(new AttentionLayer(windowed ? 0 : 1, 0.9, cap, windowed), q, k, v);
            var gradients = autograd.grad([output.mul(weights).sum()], [q, k, v]);
            var hidden = tensor(Hidden(layout, windowed ? width : n)).view([1, n, n]);
            var (qh, kh, vh) = (q.transpose(0, 1), k.repeat_interleave(2, 1).transpose(0, 1), v.repeat_interleave(2, 1).transpose(0, 1));
            var scores = qh.matmul(kh.transpose(1, 2)).mul(0.9);
            if (cap is { } c)
                scores = scores.div(c).tanh().mul(c);
            var plain = scores.masked_fill(hidden, double.NegativeInfinity).softmax(-1).matmul(vh).transpose(0, 1);
            var expected = autograd.grad([plain.mul(weights).sum()], [q, k, v]);
            Check.Close(output, plain, 1e-5, 1e-5, $"window {width}, cap {cap}: output");
            for (var i = 0; i < 3; i++)
                Check.Close(gradients[i], expected[i], 2e-5, 1e-5, $"window {width}, cap {cap}: gradient by {"qkv"[i]}");
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(1000)]
    public void A_window_bounds_the_cost(int width)
    {
        using var scope = NewDisposeScope();
        var layout = SequenceLayout.Create([[new Segment(new int[4000]), new Segment(new int[1000]) { Parent = 0 }], [new Segment(new int[700])]]);
        var plan = AttentionPlan.Create(layout, CPU, width);
        // A token computes at most its window, a block (a quarter of the window or 64) and a quarter of padding.
        plan.Area.ShouldBeLessThanOrEqualTo((long)(1.25 * layout.TokenCount * (width + Math.Max(64, width / 4))) + 4096 * plan.Groups.Count);
        plan.Groups.Max(g => (long)g.Count * g.Own * g.Keys).ShouldBeLessThanOrEqualTo(1 << 22);
    }

    private static bool[] Hidden(SequenceLayout layout, int width = int.MaxValue)
    {
        var n = layout.TokenCount;
        var hidden = new bool[n * n];
        Array.Fill(hidden, true);
        foreach (var segment in layout.Segments)
        {
            for (var t = 0; t < segment.Length; t++)
            {
                for (var at = segment; ; at = layout.Segments[at.Parent])
                {
                    for (var key = 0; key < at.Length; key++)
                    {
                        var distance = (long)segment.PositionStart + t - at.PositionStart - key;
                        hidden[(segment.Start + t) * n + at.Start + key] = distance < 0 || distance >= width;
                    }

                    if (at.Parent < 0)
                        break;
                }
            }
        }

        return hidden;
    }
}
