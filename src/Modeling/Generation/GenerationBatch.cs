using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Rows that are generated together: prompts are computed once each, then every step feeds one token per row.</summary>
internal sealed class GenerationBatch : IDisposable
{
    private const int SmallestBf16Batch = 8;

    // Steps whose tokens come back from a card together.
    private const int StepsTogether = 16;
    private readonly CausalLanguageModel model;
    private readonly GenerationRequest request;
    private readonly List<int>[] answers;
    private readonly bool[] finished;
    private readonly KeyValueCache cache;
    private readonly int offset;
    private readonly int longest;
    private readonly int least;
    private readonly int together;
    private int[] rows;
    private Rotation? rotation, windowed;
    private Tensor? positions;

    public GenerationBatch(CausalLanguageModel model, GenerationRequest request, int offset, int count)
    {
        (this.model, this.request, this.offset) = (model, request, offset);
        answers = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        finished = new bool[count];
        longest = Enumerable.Range(0, count).Max(i => Prompt(i).Length);
        var processor = model.Device.type == DeviceType.CPU;
        // bf16 products with fewer rows are an order of magnitude slower on a processor: rows are repeated up to 8.
        least = processor && model.Precision.Compute == ScalarType.BFloat16 ? SmallestBf16Batch : 1;
        // A processor has each token at hand; on a card, waiting for every one would let it stand still in between.
        together = processor || request.OnToken is not null ? 1 : StepsTogether;
        rows = Padded(Enumerable.Range(0, count));
        cache = new KeyValueCache(model.Options, rows.Length, longest + request.Sampling.MaxNewTokens, processor ? ScalarType.Float32 : model.Precision.Compute, model.Device);
    }

    public GeneratedSequence[] Generate(CancellationToken cancellationToken)
    {
        var logits = Prefill();
        for (var t = 0; ;)
        {
            using var scope = NewDisposeScope();
            var steps = Math.Min(together, request.Sampling.MaxNewTokens - t);
            var uniforms = TokenSampler.IsGreedy(request.Sampling) ? null : tensor(Uniforms(t, steps), [steps, rows.Length]).to(model.Device);
            var (drawn, sums) = (new List<Tensor>(), new List<Tensor>());
            for (var s = 0; s < steps; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (s > 0)
                    logits = Step(drawn[^1], t + s - 1);
                // Not finite as soon as a single logit is not.
                sums.Add(logits.sum());
                drawn.Add(TokenSampler.Draw(logits, request.Sampling, uniforms?.select(0, s)));
                logits.Dispose();
            }

            var tokens = cat([stack(drawn, 0).view([-1]), stack(sums, 0).isfinite().all().view([1]).to(ScalarType.Int64)], 0).cpu().data<long>().ToArray();
            if (tokens[^1] == 0)
                throw model.NotFinite();
            for (var s = 0; s < steps; s++)
                Take(tokens.AsSpan(s * rows.Length, rows.Length));
            t += steps;
            if (t == request.Sampling.MaxNewTokens || finished.All(f => f))
                break;
            logits = Step(Compact(drawn[^1]), t - 1).MoveToOuterDisposeScope();
        }

        return [.. answers.Select((a, i) => new GeneratedSequence([.. a], finished[i]))];
    }

    public void Dispose()
    {
        cache.Dispose();
        foreach (var kept in new[] { rotation?.Cosines, rotation?.Sines, windowed?.Cosines, windowed?.Sines, positions })
            kept?.Dispose();
    }

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

    // Feeds the tokens of step t, [rows]; the logits after them, [rows, V].
    private Tensor Step(Tensor tokens, int t)
    {
        using var scope = NewDisposeScope();
        var (full, inWindow) = At(t);
        var hidden = model.Decoder.Forward(tokens, full, inWindow, cache, Run);
        cache.Length++;
        return model.HeadLogits(model.Decoder.Normalize(hidden)).MoveToOuterDisposeScope();
    }

    // Rotations are taken from a table of all positions, which is made once; angles that depend on lengths are made anew.
    private (Rotation Full, Rotation Windowed) At(int t)
    {
        if (model.Decoder.DependsOnLength)
            return model.Decoder.Rotations([.. rows.Select(r => (long)(Prompt(r).Length + t))], Lengths(rows.Select(r => Prompt(r).Length)));
        if (rotation is null)
        {
            (rotation, windowed) = model.Decoder.Rotations([.. Enumerable.Range(0, longest + request.Sampling.MaxNewTokens).Select(p => (long)p)]);
            foreach (var kept in new[] { rotation, windowed })
            {
                kept.Cosines.DetachFromDisposeScope();
                kept.Sines.DetachFromDisposeScope();
            }
        }

        positions ??= tensor(rows.Select(r => (long)Prompt(r).Length).ToArray()).to(model.Device).DetachFromDisposeScope();
        var places = positions.add(t);
        var full = Chosen(rotation);
        return (full, ReferenceEquals(windowed, rotation) ? full : Chosen(windowed!));

        Rotation Chosen(Rotation all) => new(all.Cosines.index_select(0, places), all.Sines.index_select(0, places));
    }

    private double[] Uniforms(int first, int steps) =>
        [.. Enumerable.Range(first, steps).SelectMany(t => rows.Select(r => SampleRandom.Uniform(request.Seed, request.Step, request.FirstIndex + offset + r, t)))];

    private void Take(ReadOnlySpan<long> tokens)
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
    private Tensor Compact(Tensor tokens)
    {
        var open = rows.Distinct().Where(r => !finished[r]).ToArray();
        var wanted = Padded(open);
        if (wanted.Length * 2 > rows.Length)
            return tokens;
        var keep = wanted.Select(r => (long)Array.IndexOf(rows, r)).ToArray();
        cache.Keep(keep);
        rows = wanted;
        positions?.Dispose();
        positions = null;
        return tokens.index_select(0, tensor(keep).to(model.Device));
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
