using MedicalGpt.Rewards;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>
/// Lets reward plugins ask a learned reward model. The score is read at the answer's last token (its end-of-turn token when it ended), where the
/// reward-model stage trains it. Answers that follow each other on the same prompt share its computation.
/// </summary>
/// <param name="compute">The thread that touches tensors.</param>
/// <param name="load">Loads the model of a folder; called once per folder, on the compute thread.</param>
public sealed class LearnedReward(ComputeThread compute, Func<string, LearnedRewardModel> load) : ILearnedReward
{
    private const int RowsAtOnce = 16;
    private readonly Dictionary<string, LearnedRewardModel> loaded = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<double>> ScoreAsync(string modelDirectory, IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken) =>
        await compute.RunAsync(() => Score(modelDirectory, samples, cancellationToken));

    private double[] Score(string modelDirectory, IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(modelDirectory);
        if (!loaded.TryGetValue(path, out var model))
            loaded[path] = model = load(path);
        var scores = new List<double>(samples.Count);
        foreach (var rows in Rows(samples, model.Encoder).Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores.AddRange(Score(model.Model, rows).Select(s => (double)s));
        }

        return [.. scores];
    }

    private static float[] Score(IScoreModel model, IReadOnlyList<Segment>[] rows)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var layout = SequenceLayout.Create(rows);
        return [.. model.Score(layout, [.. layout.Segments.Where(s => s.Parent >= 0).Select(s => (long)s.Last)]).cpu().data<float>()];
    }

    private static IEnumerable<IReadOnlyList<Segment>> Rows(IReadOnlyList<RewardSample> samples, IExampleEncoder encoder)
    {
        List<Segment>? row = null;
        for (var i = 0; i < samples.Count; i++)
        {
            var sample = samples[i];
            if (sample.Prompt.Count == 0)
                throw new MedicalGptException("a learned reward needs the prompt as messages, and this row is pre-tokenised; give rows of text, or use --reward_model_path with PPO");
            if (row is null || !sample.Prompt.SequenceEqual(samples[i - 1].Prompt))
            {
                if (row is not null)
                    yield return row;
                row = [new Segment(encoder.EncodePrompt(sample.Prompt))];
            }

            row.Add(new Segment(Answer(sample, encoder)) { Parent = 0 });
        }

        if (row is not null)
            yield return row;
    }

    private static int[] Answer(RewardSample sample, IExampleEncoder encoder)
    {
        var ids = encoder.EncodeAnswer(sample.Completion);
        return !sample.Finished && ids.Length > 1 && encoder.StopIds.Contains(ids[^1]) ? ids[..^1] : ids;
    }
}
