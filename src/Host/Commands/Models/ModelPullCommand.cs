using MedicalGpt.Host.Hub;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Models;

/// <summary><c>medgpt model pull</c>: brings a model of the hub into the cache or a folder.</summary>
/// <param name="console">Where the result goes.</param>
internal sealed class ModelPullCommand(IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "model pull";

    /// <inheritdoc/>
    public string Summary => "Pull a model from the Hugging Face hub: configuration, tokenizer and safetensors weights.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [ModelPullOptions.Descriptor, HubPullOptions.Descriptor];

    /// <inheritdoc/>
    public string? PositionalHelp => "OWNER/NAME";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "repository" : null;

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var (model, options) = (resolution.Bind<ModelPullOptions>(), resolution.Bind<HubPullOptions>());
        return PreparedCommand.Create(resolution, cancellation =>
        {
            var repository = HubRepository.Parse(HubRepositoryKind.Model, model.Repository);
            var choice = new ModelFileChoice(options.Include, options.Exclude);
            return new PullCommand(repository, options, (listing, _, _) => Task.FromResult(choice.Choose(listing)), console) { UsedBy = "--model_name_or_path", UsedAs = repository.Id }.RunAsync(cancellation);
        });
    }
}
