using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Models;
using MedicalGpt.Host.Commands.Text;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using MedicalGpt.Training.Templates;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary><c>medgpt generate</c>: answers to prompts.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="compute">Where tensors are touched.</param>
internal sealed class GenerateCommand(InstalledComponents components, Compute compute) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "generate";

    /// <inheritdoc/>
    public string Summary => "Generate answers to prompts.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [.. InferenceModelOptions.Descriptors, FileOptions.Descriptor, SamplingFlags.Descriptor];

    /// <inheritdoc/>
    public string? Notes => "Token ids in: input_ids [B,T], attention_mask [B,T]; out: output_ids [B,max_new_tokens], padded behind the end token.\nText in: rows with prompt, messages or text; out: each row with completion and finished.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var (model, files, sampling) = (InferenceModelOptions.Bind(resolution), resolution.Bind<FileOptions>(), resolution.Bind<SamplingFlags>());
        resolution.ThrowIfInvalid();
        var tensors = BatchFiles.AreTensors(files);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            BatchFiles.Open(files);
            if (tensors)
                await compute.RunAsync(model.Threads, () => Tensors(model, files, sampling, cancellation));
            else
                await TextAsync(model, files, sampling, cancellation);
            return CommandResult.Success with { Output = files.Output };
        });
    }

    private bool Tensors(InferenceModelOptions model, FileOptions files, SamplingFlags sampling, CancellationToken cancellation)
    {
        var batch = TokenBatch.Read(files.Input);
        using var loaded = components.Models().LoadCausal(model.Model, model.ToLoad());
        for (var row = 0; row < batch.Rows.Count; row++)
            VocabularyCheck.Check(batch.Rows[row].Ids, loaded.VocabularySize, $"{files.Input}, row {row}");
        var answers = BatchGenerator.Generate(loaded, [.. batch.Rows.Select(row => row.Ids)], StopIds.Of(model.Model), sampling, files.BatchSize, Name, cancellation);
        var ids = new long[answers.Count * sampling.MaxNewTokens];
        Array.Fill(ids, StopIds.Padding(model.Model) ?? 0);
        for (var row = 0; row < answers.Count; row++)
            for (var t = 0; t < answers[row].Ids.Length; t++)
                ids[row * sampling.MaxNewTokens + t] = answers[row].Ids[t];
        SafetensorsWriter.Save(files.Output, new Dictionary<string, Tensor> { ["output_ids"] = tensor(ids, [answers.Count, sampling.MaxNewTokens]) });
        return true;
    }

    private async Task TextAsync(InferenceModelOptions model, FileOptions files, SamplingFlags sampling, CancellationToken cancellation)
    {
        var rows = await TextRows.ReadAsync(files.Input, cancellation);
        var encoder = ExampleEncoder.Load(model.Tokenizer ?? model.Model, model.ToTemplate());
        var prompts = rows.Select(row => row.Text is { } text ? encoder.EncodeText(text) : RowErrors.At(row.Place, () => encoder.EncodePrompt(Opening(row), row.ToolsJson))).ToList();
        int[] stops = [.. encoder.StopIds.Union(StopIds.Of(model.Model))];
        var answers = await compute.RunAsync(model.Threads, () =>
        {
            using var loaded = components.Models().LoadCausal(model.Model, model.ToLoad());
            for (var i = 0; i < rows.Count; i++)
                VocabularyCheck.Check(prompts[i], loaded.VocabularySize, rows[i].Place);
            return BatchGenerator.Generate(loaded, prompts, stops, sampling, files.BatchSize, Name, cancellation);
        });
        await TextRows.WriteAsync(files.Output, rows.Select((row, i) => Result(row, encoder, answers[i])), cancellation);
    }

    // An answer that a row brings already is replaced.
    private static IReadOnlyList<Message> Opening(TextRow row) => row.IsAnswered && row.Messages.Count > 1 ? [.. row.Messages.SkipLast(1)] : row.Messages;

    private static JsonObject Result(TextRow row, ExampleEncoder encoder, GeneratedSequence answer)
    {
        var result = (JsonObject)row.Source.DeepClone();
        result["completion"] = encoder.Decode(answer.Ids);
        result["finished"] = answer.Finished;
        result["completion_tokens"] = answer.Ids.Length;
        return result;
    }
}
