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
        var output = new SegmentAttention(AttentionPlan.Create(layout, CPU)).Attend(0, q, k, v);
        var gradients = autograd.grad([output.mul(weights).sum()], [q, k, v]);

        var hidden = tensor(Hidden(layout)).view([1, n, n]);
        var (qh, kh, vh) = (q.transpose(0, 1), k.repeat_interleave(2, 1).transpose(0, 1), v.repeat_interleave(2, 1).transpose(0, 1));
        var plain = qh.matmul(kh.transpose(1, 2)).div(Math.Sqrt(6)).masked_fill(hidden, double.NegativeInfinity).softmax(-1).matmul(vh).transpose(0, 1);
        var expected = autograd.grad([plain.mul(weights).sum()], [q, k, v]);
        Check.Close(output, plain, 1e-5, 1e-5, $"{name}: output");
        for (var i = 0; i < 3; i++)
            Check.Close(gradients[i], expected[i], 1e-5, 1e-5, $"{name}: gradient by {"qkv"[i]}");
    }

    private static bool[] Hidden(SequenceLayout layout)
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
                        hidden[(segment.Start + t) * n + at.Start + key] = at == segment && key > t;
                    if (at.Parent < 0)
                        break;
                }
            }
        }

        return hidden;
    }
}
