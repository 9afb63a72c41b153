using System.Globalization;
using System.Text.Json.Nodes;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Training;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Models;

/// <summary><c>medgpt quantize</c>: a model's linear layers in 4 or 8 bits, in bitsandbytes' files, with a report of what that costs.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="compute">Where tensors are touched.</param>
/// <param name="console">Where the report goes.</param>
internal sealed class QuantizeCommand(InstalledComponents components, Compute compute, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "quantize";

    /// <inheritdoc/>
    public string Summary => "Pack a model's linear layers in 4 or 8 bits.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [QuantizeOptions.Descriptor, DeviceOptions.Descriptor];

    /// <inheritdoc/>
    public string? Notes => "The report compares packed and original model on a text: perplexity of both, and the Kullback-Leibler divergence of the packed model's next-token probabilities from the original's, in nats per token.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var (options, device) = (resolution.Bind<QuantizeOptions>(), resolution.Bind<DeviceOptions>());
        resolution.ThrowIfInvalid();
        _ = ByteSize.ParseOptional(options.MaxShardSize, "--max-shard-size");
        if (RealPath.IsSame(options.OutputDir, options.Model))
            throw new MedicalGptException("The packed model would replace the original.") { Place = "--output-dir", Given = options.OutputDir, Allowed = "another folder than --model" };
        if (options.Text is { } text && !File.Exists(text))
            throw new MedicalGptException("The text file does not exist.") { Place = "--text", Given = text };
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var report = await compute.RunAsync(0, () => new ModelQuantizer(components.Models(), device.Activate()).Run(options, cancellation));
            if (options.Json)
                console.Json(report);
            else
                Print(report, options);
            return CommandResult.Success with { Output = options.OutputDir };
        });
    }

    private void Print(JsonObject report, QuantizeOptions options)
    {
        string Number(string key, string format) => ((double)report[key]!).ToString(format, CultureInfo.InvariantCulture);
        console.Line($"{report["packed_layers"]} linear layers in {options.Type} -> {options.OutputDir}: weights {Number("original_megabytes", "N1")} MB -> {Number("packed_megabytes", "N1")} MB");
        if (report["tokens"] is null)
        {
            if (options.MaxTokens > 0)
                console.Line("Not compared with the original: the folder has no language model with a tokenizer.");
            return;
        }

        console.Line($"On {report["tokens"]} tokens of {report["text"]}: perplexity {Number("original_perplexity", "0.####")} -> {Number("packed_perplexity", "0.####")}, KL divergence {Number("mean_kl", "0.0000")} nats per token (largest {Number("max_kl", "0.0000")}), same most likely token {Number("same_top_token", "P1")}");
    }
}
