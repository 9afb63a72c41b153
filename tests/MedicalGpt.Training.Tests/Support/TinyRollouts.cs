using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Tests;

/// <summary>Samples from the tiny model; draws depend on seed, step and index alone.</summary>
internal sealed class TinyRollouts(TinyModels models, int seed) : IStepRollouts
{
    private string moment = "";

    public void MoveTo(int step, bool evaluating) => moment = $"{step}/{evaluating}";

    public async ValueTask<IReadOnlyList<Rollout>> GenerateAsync(IReadOnlyList<int[]> prompts, SamplingOptions sampling, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var answers = new List<Rollout>();
        for (var i = 0; i < prompts.Count; i++)
        {
            var random = SeededRandom.For(seed, i, moment);
            var ids = new List<int> { prompts[i][^1] };
            for (var t = 0; t < sampling.MaxNewTokens; t++)
            {
                var probabilities = models.LogProbs(tensor(new long[] { ids[^1] })).exp().data<float>().ToArray();
                ids.Add(Draw(probabilities, random.NextDouble()));
            }

            answers.Add(new Rollout(prompts[i], [.. ids.Skip(1)], false));
        }

        return answers;
    }

    private static int Draw(float[] probabilities, double at)
    {
        for (var i = 0; i < probabilities.Length; i++)
        {
            at -= probabilities[i];
            if (at < 0)
                return i;
        }

        return probabilities.Length - 1;
    }
}
