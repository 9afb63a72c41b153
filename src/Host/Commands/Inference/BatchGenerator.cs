using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Modeling;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>Generates for many prompts, some at a time; the answers do not depend on how many.</summary>
internal static class BatchGenerator
{
    /// <summary>Generates one answer per prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Token ids of each prompt.</param>
    /// <param name="stops">Tokens that end an answer.</param>
    /// <param name="sampling">How answers are drawn.</param>
    /// <param name="batch">Prompts at a time.</param>
    /// <param name="what">What is going on, for the progress line.</param>
    /// <param name="cancellation">Stops between tokens.</param>
    /// <returns>Answers in the order of the prompts.</returns>
    public static IReadOnlyList<GeneratedSequence> Generate(CausalLanguageModel model, IReadOnlyList<int[]> prompts, IReadOnlyCollection<int> stops, SamplingFlags sampling, int batch, string what, CancellationToken cancellation)
    {
        var generator = new TextGenerator(model);
        var progress = new RowProgress(what, prompts.Count);
        var answers = new List<GeneratedSequence>();
        while (answers.Count < prompts.Count)
        {
            var some = prompts.Skip(answers.Count).Take(batch).ToList();
            answers.AddRange(generator.Generate(new GenerationRequest(some, sampling.ToSampling(), stops) { Seed = sampling.Seed, FirstIndex = answers.Count }, cancellation));
            progress.Report(answers.Count);
        }

        return answers;
    }
}
