using System.Text.Json.Nodes;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Training;
using MedicalGpt.Training.Templates;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Models;

/// <summary><c>medgpt model init</c>: a model of random weights, as a Hugging Face folder.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="compute">Where tensors are touched.</param>
/// <param name="console">Where the summary goes.</param>
internal sealed class ModelInitCommand(InstalledComponents components, Compute compute, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "model init";

    /// <inheritdoc/>
    public string Summary => "Make a model with random weights.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [ModelInitOptions.Descriptor];

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<ModelInitOptions>();
        resolution.ThrowIfInvalid();
        var largest = ByteSize.Parse(options.MaxShardSize, "--max-shard-size");
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            await compute.RunAsync(0, () => Make(options, largest));
            return CommandResult.Success with { Output = options.OutputDir };
        });
    }

    private bool Make(ModelInitOptions options, long largest)
    {
        var encoder = options.Tokenizer is { } source ? ExampleEncoder.Load(source) : null;
        var models = components.Models();
        var config = new ModelShape(models.Families).Choose(options, encoder);
        // bf16 files are made of bf16 weights: half the memory. Others are drawn in fp32 and cast a piece at a time while they are written.
        var narrow = config.Format() == MedicalGpt.Torch.torch.ScalarType.BFloat16;
        using var model = models.CreateCausal(config, new LoadOptions { Seed = options.Seed, Precision = narrow ? Precision.BFloat16 : Precision.Float32 });
        if (encoder is not null)
            WriteTokens(model.Config.Json, encoder);
        OutputFolder.Write(options.OutputDir, folder =>
        {
            ModelFolder.Save(model, folder, largest);
            if (encoder is null)
                return;
            TokenizerCopy.Copy(options.Tokenizer!, folder);
            WriteGenerationConfig(Path.Combine(folder, "generation_config.json"), encoder);
        }, stale: TokenizerCopy.Earlier(options.OutputDir, options.Tokenizer));

        var shape = model.Options;
        console.Line($"{config.ModelType}: {shape.LayerCount} layers, width {shape.HiddenSize}, vocabulary {shape.VocabularySize:N0}, {ModelSize.Of(shape).Parameters:N0} parameters -> {options.OutputDir}");
        return true;
    }

    private static void WriteTokens(JsonObject config, ExampleEncoder encoder)
    {
        config["eos_token_id"] = encoder.EndOfTextId;
        config["pad_token_id"] = encoder.PadId;
    }

    private static void WriteGenerationConfig(string path, ExampleEncoder encoder) => File.WriteAllText(path, new JsonObject
    {
        ["eos_token_id"] = new JsonArray([.. encoder.StopIds.Select(id => (JsonNode)id)]),
        ["pad_token_id"] = encoder.PadId,
    }.ToJsonString(JsonText.Readable) + "\n");
}
