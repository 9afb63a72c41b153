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
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            await compute.RunAsync(0, () => Make(options));
            return CommandResult.Success with { Output = options.OutputDir };
        });
    }

    private bool Make(ModelInitOptions options)
    {
        var encoder = options.Tokenizer is { } folder ? ExampleEncoder.Load(folder) : null;
        var models = components.Models();
        var (type, shape) = Shape(options, encoder, models);
        using var model = models.CreateCausal(type, shape, new LoadOptions { Seed = options.Seed });
        if (encoder is not null)
            WriteTokens(model.Config.Json, encoder);
        OutputFolder.Write(options.OutputDir, () =>
        {
            ModelFolder.Save(model, options.OutputDir);
            if (encoder is null)
                return;
            TokenizerCopy.Copy(options.Tokenizer!, options.OutputDir);
            WriteGenerationConfig(Path.Combine(options.OutputDir, "generation_config.json"), encoder);
        });

        var count = model.Parameters.Sum(parameter => parameter.Shape.Aggregate(1L, (a, b) => a * b));
        console.Line($"{type}: {shape.LayerCount} layers, width {shape.HiddenSize}, vocabulary {shape.VocabularySize:N0}, {count:N0} parameters -> {options.OutputDir}");
        return true;
    }

    private static (string Type, DecoderOptions Shape) Shape(ModelInitOptions options, ExampleEncoder? encoder, ModelFolder models)
    {
        if (options.Config is { } path)
        {
            var config = ModelConfig.Read(path);
            return (config.ModelType, models.Families.Of(config).Read(config));
        }

        var tokens = encoder?.Tokenizer.VocabularySize;
        if ((options.VocabSize ?? tokens) is not { } size)
            throw new MedicalGptException("The size of the vocabulary is unknown.") { Place = "medgpt model init", Remedy = "give --tokenizer DIR, or --vocab-size N" };
        if (tokens > size)
            throw new MedicalGptException("The vocabulary is smaller than the tokenizer's.") { Place = "--vocab-size", Given = $"{size}", Allowed = $"{tokens} or more" };
        if (options.HiddenSize % options.NumAttentionHeads != 0)
            throw new MedicalGptException("The width is no multiple of the number of heads.") { Place = "--hidden-size", Given = $"{options.HiddenSize} with --num-attention-heads {options.NumAttentionHeads}", Allowed = $"a multiple of {options.NumAttentionHeads}" };
        return (options.ModelType, new DecoderOptions
        {
            VocabularySize = size,
            HiddenSize = options.HiddenSize,
            LayerCount = options.NumHiddenLayers,
            HeadCount = options.NumAttentionHeads,
            KeyValueHeadCount = options.NumKeyValueHeads,
            HeadDimension = options.HiddenSize / options.NumAttentionHeads,
            IntermediateSize = options.IntermediateSize,
            MaxPositions = options.MaxPositionEmbeddings,
            TiedEmbeddings = options.TieWordEmbeddings,
            InitializerRange = options.InitializerRange,
        });
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
