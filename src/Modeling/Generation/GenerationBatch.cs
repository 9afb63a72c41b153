using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Rows that are generated together: prompts are computed once each, then every step feeds one token per row.</summary>
internal sealed class GenerationBatch : IDisposable
{
    private const int SmallestBf16Batch = 8;
    private readonly CausalLanguageModel model;
    private readonly GenerationRequest request;
    private readonly List<int>[] answers;
    private readonly bool[] finished;
    private readonly KeyValueCache cache;
    private readonly int offset;
    private readonly int longest;
    private readonly int least;
    private int[] rows;

    public GenerationBatch(CausalLanguageModel model, GenerationRequest request, int offset, int count)
    {
        (this.model, this.request, this.offset) = (model, request, offset);
        answers = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        finished = new bool[count];
        longest = Enumerable.Range(0, count).Max(i => Prompt(i).Length);
        var processor = model.Device.type == DeviceType.CPU;
        // bf16 products with fewer rows are an order of magnitude slower on a processor: rows are repeated up to 8.
        least = processor && model.Precision.Compute == ScalarType.BFloat16 ? SmallestBf16Batch : 1;
        rows = Padded(Enumerable.Range(0, count));
        cache = new KeyValueCache(model.Options, rows.Length, longest + request.Sampling.MaxNewTokens, processor ? ScalarType.Float32 : model.Precision.Compute, model.Device);
    }

    public GeneratedSequence[] Generate(CancellationToken cancellationToken)
    {
        var logits = Prefill();
        for (var t = 0; ; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tokens = TokenSampler.Draw(logits, request.Sampling, [.. rows.Select(r => SampleRandom.Uniform(request.Seed, request.Step, request.FirstIndex + offset + r, t))]);
            logits.Dispose();
            Take(tokens);
            if (t + 1 == request.Sampling.MaxNewTokens || finished.All(f => f))
                break;
            logits = Step(Compact(tokens), t);
        }

        return [.. answers.Select((a, i) => new GeneratedSequence([.. a], finished[i]))];
    }

    public void Dispose() => cache.Dispose();

    // The prompts' last logits, [rows, V].
    private Tensor Prefill()
    {
        using var scope = NewDisposeScope();
        var prompts = new List<Segment>();
        var promptOf = new int[answers.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            if (i == 0 || !Prompt(i).AsSpan().SequenceEqual(Prompt(i - 1)))
                prompts.Add(new Segment(Prompt(i)));
            promptOf[i] = prompts.Count - 1;
        }

        var layout = SequenceLayout.Create(prompts);
        var index = new long[rows.Length * longest];
        var starts = new long[rows.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            var segment = layout.Segments[promptOf[rows[r]]];
            starts[r] = longest - segment.Length;
            for (var t = 0; t < segment.Length; t++)
                index[r * longest + starts[r] + t] = segment.Start + t;
        }

        var places = tensor(index).to(model.Device);
        var attention = new PrefillAttention(SegmentAttention.Create(layout, model.Options.Window, model.Device), (layer, key, value) => cache.Fill(layer, places, longest, key, value));
        cache.HideBefore(starts);
        cache.Length = longest;
        var hidden = model.Decoder.Forward(layout.InputIds, layout.Positions, attention, Run, Lengths(layout.Segments.SelectMany(s => Enumerable.Repeat(s.Length, s.Length))));
        var last = tensor(layout.Segments.Select(s => (long)s.Last).ToArray()).to(model.Device);
        var logits = model.HeadLogits(model.Decoder.Normalize(hidden.index_select(0, last)));
        return logits.index_select(0, tensor(rows.Select(r => (long)promptOf[r]).ToArray()).to(model.Device)).MoveToOuterDisposeScope();
    }

    private Tensor Step(long[] tokens, int t)
    {
        using var scope = NewDisposeScope();
        var positions = rows.Select(r => (long)(Prompt(r).Length + t)).ToArray();
        var hidden = model.Decoder.Forward(tokens, positions, cache, Run, Lengths(rows.Select(r => Prompt(r).Length)));
        cache.Length++;
        return model.HeadLogits(model.Decoder.Normalize(hidden)).MoveToOuterDisposeScope();
    }

    private void Take(long[] tokens)
    {
        var seen = -1;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (finished[row] || row <= seen)
                continue;
            seen = row;
            answers[row].Add((int)tokens[i]);
            finished[row] = request.StopIds.Contains((int)tokens[i]);
            request.OnToken?.Invoke(offset + row, (int)tokens[i]);
        }
    }

    // Leaves finished rows out once they are half of the batch.
    private long[] Compact(long[] tokens)
    {
        var open = rows.Distinct().Where(r => !finished[r]).ToArray();
        var wanted = Padded(open);
        if (wanted.Length * 2 > rows.Length)
            return tokens;
        var keep = wanted.Select(r => (long)Array.IndexOf(rows, r)).ToArray();
        cache.Keep(keep);
        rows = wanted;
        return [.. keep.Select(k => tokens[k])];
    }

    // The lengths that sequences may reach, so that keys in the cache and later queries turn alike; null where the model's rotary angles do not depend on them.
    private long[]? Lengths(IEnumerable<int> prompts) => model.Decoder.DependsOnLength ? [.. prompts.Select(length => (long)length + request.Sampling.MaxNewTokens)] : null;

    private DecoderRun Run => model.Run with { Dropout = false, Checkpointing = null };

    private int[] Prompt(int row) => request.Prompts[offset + row];

    private int[] Padded(IEnumerable<int> wanted)
    {
        var list = wanted.ToList();
        while (list.Count < least)
            list.Add(list[0]);
        return [.. list];
    }
}
