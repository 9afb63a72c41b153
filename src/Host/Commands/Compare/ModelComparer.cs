using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Inference;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Host.Commands.Text;
using MedicalGpt.Modeling;
using MedicalGpt.Rewards;
using MedicalGpt.Training;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Compare;

/// <summary>Lets one model at a time answer all prompts, and has the answers judged.</summary>
/// <param name="components">The plugins.</param>
/// <param name="compute">Where tensors are touched.</param>
/// <param name="options">How.</param>
/// <param name="load">How models are loaded.</param>
internal sealed class ModelComparer(InstalledComponents components, Compute compute, CompareOptions options, LoadOptions load)
{
    /// <summary>Runs a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="rewards">Judge the answers.</param>
    /// <param name="cancellation">Stops between tokens.</param>
    /// <returns>Answers and rewards.</returns>
    public async Task<ComparedAnswers> RunAsync(ComparedModel model, IReadOnlyList<Prompt> prompts, RewardPipeline rewards, CancellationToken cancellation)
    {
        var (folder, adapter) = model.Locate();
        var encoder = ExampleEncoder.Load(folder);
        var ids = prompts.Select(prompt => RowErrors.At(prompt.Origin.ToString(), () => encoder.EncodePrompt(prompt.Messages, prompt.ToolsJson))).ToList();
        var sampling = new SamplingFlags { Temperature = 0, MaxNewTokens = options.MaxNewTokens };
        int[] stops = [.. encoder.StopIds.Union(StopIds.Of(folder))];
        var answers = await compute.RunAsync(options.Threads, () =>
        {
            using var loaded = components.Models().LoadCausal(folder, load with { Adapter = adapter });
            return BatchGenerator.Generate(loaded, ids, stops, sampling, options.BatchSize, $"compare: {model.Name}", cancellation);
        });
        var samples = answers.Select((answer, i) => new RewardSample(prompts[i].Messages, encoder.Decode(answer.Ids), answer.Ids, prompts[i].Reference, answer.Finished)).ToList();
        var scores = await rewards.ScoreAsync(samples, cancellation);
        return new ComparedAnswers(model, [.. samples.Select(sample => sample.Completion)], [.. answers.Select(answer => answer.Finished)], scores.Total);
    }
}
