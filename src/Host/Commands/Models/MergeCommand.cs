using System.Text.Json.Nodes;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Training;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Models;

/// <summary><c>medgpt merge</c>: adapters and their base model become one plain Hugging Face folder.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="compute">Where tensors are touched.</param>
/// <param name="console">Where the summary goes.</param>
internal sealed class MergeCommand(InstalledComponents components, Compute compute, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "merge";

    /// <inheritdoc/>
    public string Summary => "Make one model of a model and its adapters.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [MergeOptions.Descriptor, DeviceOptions.Descriptor, QuantizedBaseOptions.Descriptor];

    /// <inheritdoc/>
    public string? Notes =>
        "Weights are merged in fp32 and written in the base model's number types. The merged model is compared with the unmerged one on sample prompts; a difference that rounding does not explain is an error.\n" +
        "A base that is packed in 4 or 8 bits is unpacked first and written in full. --load-in-4bit packs and unpacks a full base before, for an adapter that learned on it packed.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var (options, device, packed) = (resolution.Bind<MergeOptions>(), resolution.Bind<DeviceOptions>(), resolution.Bind<QuantizedBaseOptions>());
        resolution.ThrowIfInvalid();
        var adapters = options.Adapter.Select(MergedAdapter.Parse).ToList();
        var largest = ByteSize.ParseOptional(options.MaxShardSize, "--max-shard-size");
        var output = Path.GetFullPath(options.OutputDir);
        if (adapters.Select(a => a.Folder).Append(options.Model).Any(source => RealPath.IsSame(source, output)))
            throw new MedicalGptException("The merged model would replace what it is made from.") { Place = "--output-dir", Given = options.OutputDir, Allowed = "another folder than --model and --adapter" };
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var summary = adapters is [var only] && ModelFiles.IsModel(only.Folder)
                ? largest is null ? ModelMerge.Copy(only.Folder, output) : await compute.RunAsync(0, () => new ModelMerge(components.Models(), device.Activate()).Cut(only.Folder, output, largest.Value))
                : await compute.RunAsync(0, () => new ModelMerge(components.Models(), device.Activate()).Merge(options.Model, adapters, packed.Quantization, output, largest));
            if (options.Json)
                console.Json(summary);
            else
                console.Line($"{summary["what"]} -> {options.OutputDir}{Differences(summary)}");
            return CommandResult.Success with { Output = options.OutputDir };
        });
    }

    private static string Differences(JsonObject summary)
    {
        if (summary["compared"] is not { } compared)
            return "";
        var fp32 = summary["max_difference"] is { } difference
            ? $"; largest difference of {compared} to the unmerged model on sample prompts: {(double)difference:0.0e+0}"
            : $"; {compared} were not compared: whole copies of weights cannot be mixed without merging";
        return (double)summary["cast_difference"]! > 0 ? $"{fp32}; {(double)summary["cast_difference"]!:0.0e+0} more by rounding to the base model's number types" : fp32;
    }
}
