namespace MedicalGpt.Training;

/// <summary>Turns sampling into the most likely token; equal prompts that stand in a row are answered once.</summary>
/// <param name="source">The real source.</param>
internal sealed class GreedyRollouts(IStepRollouts source) : IStepRollouts
{
    public void MoveTo(int step, bool evaluating) => source.MoveTo(step, evaluating);

    public async ValueTask<IReadOnlyList<Rollout>> GenerateAsync(IReadOnlyList<int[]> prompts, SamplingOptions sampling, CancellationToken cancellationToken)
    {
        var distinct = new List<int[]>();
        var place = new int[prompts.Count];
        for (var i = 0; i < prompts.Count; i++)
        {
            if (distinct.Count == 0 || !distinct[^1].AsSpan().SequenceEqual(prompts[i]))
                distinct.Add(prompts[i]);
            place[i] = distinct.Count - 1;
        }

        var answers = await source.GenerateAsync(distinct, sampling with { Temperature = 0 }, cancellationToken);
        return [.. place.Select(p => answers[p])];
    }
}
