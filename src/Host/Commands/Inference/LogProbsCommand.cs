using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Text;
using MedicalGpt.Options;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using MedicalGpt.Training.Templates;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary><c>medgpt logprobs</c>: log-probabilities of given tokens or texts.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="compute">Where tensors are touched.</param>
internal sealed class LogProbsCommand(InstalledComponents components, Compute compute) : IHostCommand
{
    private const long MaxLogitBytes = 16L << 30;

    /// <inheritdoc/>
    public string Name => "logprobs";

    /// <inheritdoc/>
    public string Summary => "Log-probabilities of given tokens or texts.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [.. InferenceModelOptions.Descriptors, FileOptions.Descriptor, LogProbsOptions.Descriptor];

    /// <inheritdoc/>
    public string? Notes => "Token ids in: input_ids [B,T], attention_mask [B,T]; out: logprobs [B,T-1] of each real next token (0 elsewhere), logits [B,T,V] if asked.\nText in: rows with text, messages or prompt and completion; out: each row with logprobs, its sum (of the answer where there is one) and the number of tokens in it.";

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var (model, files, options) = (InferenceModelOptions.Bind(resolution), resolution.Bind<FileOptions>(), resolution.Bind<LogProbsOptions>());
        resolution.ThrowIfInvalid();
        var tensors = BatchFiles.AreTensors(files);
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            BatchFiles.Open(files);
            if (tensors)
                await compute.RunAsync(model.Threads, () => Tensors(model, files, options.Logits, cancellation));
            else
                await TextAsync(model, files, cancellation);
            return CommandResult.Success with { Output = files.Output };
        });
    }

    private bool Tensors(InferenceModelOptions model, FileOptions files, bool logits, CancellationToken cancellation)
    {
        var batch = TokenBatch.Read(files.Input);
        using var loaded = components.Models().LoadCausal(model.Model, model.ToLoad());
        var reader = new LogProbReader(loaded);
        var (rows, width, vocabulary) = (batch.Rows, batch.Width, loaded.VocabularySize);
        for (var row = 0; row < rows.Count; row++)
            reader.Check(rows[row].Ids, $"{files.Input}, row {row}");
        if (logits && 4.0 * rows.Count * width * vocabulary > MaxLogitBytes)
            throw new MedicalGptException("The logits would be too large.") { Place = "--logits", Given = $"[{rows.Count}, {width}, {vocabulary}] in fp32", Allowed = "at most 16 GiB; split the input" };
        var values = zeros([rows.Count, Math.Max(width - 1, 0)], ScalarType.Float32);
        var all = logits ? zeros([rows.Count, width, vocabulary], ScalarType.Float32) : null;
        var progress = new RowProgress(Name, rows.Count);
        for (var first = 0; first < rows.Count; first += files.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var some = rows.Skip(first).Take(files.BatchSize).ToList();
            var from = first;
            var results = reader.Read([.. some.Select(row => row.Ids)], row => $"{files.Input}, row {from + row}");
            for (var i = 0; i < some.Count; i++)
            {
                using var scope = NewDisposeScope();
                if (results[i].Length > 0)
                    values.select(0, first + i).narrow(0, some[i].Start, results[i].Length).copy_(tensor(results[i]));
                if (all is not null)
                    all.select(0, first + i).narrow(0, some[i].Start, some[i].Ids.Length).copy_(tensor(reader.Logits(some[i].Ids), [some[i].Ids.Length, vocabulary]));
            }

            progress.Report(first + some.Count);
        }

        var output = new Dictionary<string, Tensor> { ["logprobs"] = values };
        if (all is not null)
            output["logits"] = all;
        SafetensorsWriter.Save(files.Output, output);
        return true;
    }

    private async Task TextAsync(InferenceModelOptions model, FileOptions files, CancellationToken cancellation)
    {
        var rows = await TextRows.ReadAsync(files.Input, cancellation);
        var encoder = ExampleEncoder.Load(model.Tokenizer ?? model.Model, model.ToTemplate());
        var encoded = rows.Select(row => RowErrors.At(row.Place, () => Encode(encoder, row))).ToList();
        var values = await compute.RunAsync(model.Threads, () =>
        {
            using var loaded = components.Models().LoadCausal(model.Model, model.ToLoad());
            var reader = new LogProbReader(loaded);
            for (var i = 0; i < rows.Count; i++)
                reader.Check(encoded[i].Ids, rows[i].Place);
            var progress = new RowProgress(Name, rows.Count);
            var results = new List<float[]>();
            foreach (var some in encoded.Chunk(files.BatchSize))
            {
                cancellation.ThrowIfCancellationRequested();
                results.AddRange(reader.Read([.. some.Select(row => row.Ids)], row => rows[results.Count + row].Place));
                progress.Report(results.Count);
            }

            return results;
        });
        await TextRows.WriteAsync(files.Output, rows.Select((row, i) => Result(row, encoded[i], values[i])), cancellation);
    }

    private static (int[] Ids, bool[] Counted) Encode(ExampleEncoder encoder, TextRow row)
    {
        if (row.Text is { } text)
        {
            var ids = encoder.EncodeText(text);
            return (ids, [.. ids.Select(_ => true)]);
        }

        if (!row.IsAnswered)
        {
            var prompt = encoder.EncodePrompt(row.Messages, row.ToolsJson);
            return (prompt, [.. prompt.Select(_ => true)]);
        }

        Message[] opening = [.. row.Messages.SkipLast(1)];
        var before = encoder.EncodePrompt(opening, row.ToolsJson);
        var answer = encoder.EncodeContinuation(opening, [row.Messages[^1]], row.ToolsJson).Ids;
        return ([.. before, .. answer], [.. before.Select(_ => false), .. answer.Select(_ => true)]);
    }

    private static JsonObject Result(TextRow row, (int[] Ids, bool[] Counted) encoded, float[] values)
    {
        var result = (JsonObject)row.Source.DeepClone();
        var counted = values.Where((_, i) => encoded.Counted[i + 1]).ToList();
        result["ids"] = new JsonArray([.. encoded.Ids.Select(id => (JsonNode)id)]);
        result["logprobs"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        result["logprob"] = counted.Sum(value => (double)value);
        result["tokens"] = counted.Count;
        return result;
    }
}
