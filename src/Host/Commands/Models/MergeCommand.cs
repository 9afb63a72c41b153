using System.Text.Json.Nodes;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Models;

/// <summary><c>medgpt merge</c>: an adapter and its base model become one plain Hugging Face folder.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="compute">Where tensors are touched.</param>
/// <param name="console">Where the summary goes.</param>
internal sealed class MergeCommand(InstalledComponents components, Compute compute, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "merge";

    /// <inheritdoc/>
    public string Summary => "Make one model of a model and its adapter.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [MergeOptions.Descriptor];

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<MergeOptions>();
        resolution.ThrowIfInvalid();
        var output = Path.GetFullPath(options.OutputDir);
        if (output == Path.GetFullPath(options.Model) || output == Path.GetFullPath(options.Adapter))
            throw new MedicalGptException("The merged model would replace what it is made from.") { Place = "--output-dir", Given = options.OutputDir, Allowed = "another folder than --model and --adapter" };
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var summary = ModelFiles.IsModel(options.Adapter)
                ? ModelMerge.Copy(options.Adapter, output)
                : await compute.RunAsync(0, () => new ModelMerge(components.Models()).Merge(options.Model, options.Adapter, output));
            if (options.Json)
                console.Json(summary);
            else
                console.Line($"{summary["what"]} -> {options.OutputDir}{(summary["max_difference"] is { } difference ? $"; largest difference of {summary["compared"]} to the unmerged model on sample tokens: {(double)difference!:0.0e+0}" : "")}");
            return CommandResult.Success with { Output = options.OutputDir };
        });
    }
}
