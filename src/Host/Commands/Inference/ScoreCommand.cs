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

/// <summary><c>medgpt score</c>: rewards of a reward model.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="compute">Where tensors are touched.</param>
internal sealed class ScoreCommand(InstalledComponents components, Compute compute) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "score";

    /// <inheritdoc/>
    public string Summary => "Score answers with a reward model.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [.. InferenceModelOptions.Descriptors, FileOptions.Descriptor];

    /// <inheritdoc/>
    public string? Notes => "Token ids in: input_ids [B,T], attention_mask [B,T]; out: rewards [B], read at the last real token that is not the padding token, as transformers does.\nText in: rows with messages that end with an answer, prompt and completion, or text; out: each row with reward, read at the answer's last token.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var (model, files) = (InferenceModelOptions.Bind(resolution), resolution.Bind<FileOptions>());
        resolution.ThrowIfInvalid();
        var tensors = BatchFiles.AreTensors(files);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            BatchFiles.Open(files);
            if (tensors)
                await compute.RunAsync(model.Threads, () => Tensors(model, files, cancellation));
            else
                await TextAsync(model, files, cancellation);
            return CommandResult.Success with { Output = files.Output };
        });
    }

    private bool Tensors(InferenceModelOptions model, FileOptions files, CancellationToken cancellation)
    {
        var batch = TokenBatch.Read(files.Input);
        var padding = StopIds.Padding(model.Model);
        var ids = batch.Rows.Select(row => row.Ids).ToList();
        var rewards = Score(model, ids, [.. ids.Select(row => Math.Max(Array.FindLastIndex(row, id => id != padding), 0))], row => $"{files.Input}, row {row}", files.BatchSize, cancellation);
        SafetensorsWriter.Save(files.Output, new Dictionary<string, Tensor> { ["rewards"] = tensor(rewards) });
        return true;
    }

    private async Task TextAsync(InferenceModelOptions model, FileOptions files, CancellationToken cancellation)
    {
        var rows = await TextRows.ReadAsync(files.Input, cancellation);
        var encoder = ExampleEncoder.Load(model.Tokenizer ?? model.Model, model.ToTemplate());
        var ids = rows.Select(row => RowErrors.At(row.Place, () => Encode(encoder, row))).ToList();
        var rewards = await compute.RunAsync(model.Threads, () => Score(model, ids, [.. ids.Select(row => row.Length - 1)], row => rows[row].Place, files.BatchSize, cancellation));
        await TextRows.WriteAsync(files.Output, rows.Select((row, i) => Result(row, rewards[i])), cancellation);
    }

    private static int[] Encode(ExampleEncoder encoder, TextRow row)
    {
        if (row.Text is { } text)
            return encoder.EncodeText(text);
        if (!row.IsAnswered)
            throw new MedicalGptException("The row has no answer to score.") { Place = row.Place, Allowed = "\"messages\" that end with an assistant's turn, or \"prompt\" and \"completion\"" };
        Message[] prompt = [.. row.Messages.SkipLast(1)];
        return [.. encoder.EncodePrompt(prompt, row.ToolsJson), .. encoder.EncodeContinuation(prompt, [row.Messages[^1]], row.ToolsJson).Ids];
    }

    private float[] Score(InferenceModelOptions options, List<int[]> rows, int[] places, Func<int, string> place, int batch, CancellationToken cancellation)
    {
        using var model = components.Models().LoadScore(options.Model, options.ToLoad());
        model.RequireHead(options.Adapter ?? options.Model);
        for (var i = 0; i < rows.Count; i++)
            VocabularyCheck.Check(rows[i], model.Options.VocabularySize, place(i));
        var progress = new RowProgress(Name, rows.Count);
        var rewards = new List<float>();
        while (rewards.Count < rows.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var first = rewards.Count;
            var layout = SequenceLayout.Create([.. rows.Skip(first).Take(batch).Select(row => new Segment(row))]);
            rewards.AddRange(model.Score(layout, [.. layout.Segments.Select((segment, i) => (long)segment.Start + places[first + i])]).cpu().data<float>().ToArray());
            for (var row = first; row < rewards.Count; row++)
            {
                if (!float.IsFinite(rewards[row]))
                    throw model.NotFinite(place(row));
            }

            progress.Report(rewards.Count);
        }

        return [.. rewards];
    }

    private static JsonObject Result(TextRow row, float reward)
    {
        var result = (JsonObject)row.Source.DeepClone();
        result["reward"] = reward;
        return result;
    }
}
