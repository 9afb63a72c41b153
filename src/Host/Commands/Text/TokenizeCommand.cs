using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Options;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Host.Commands.Text;

/// <summary><c>medgpt tokenize</c>: text to ids and back.</summary>
internal sealed class TokenizeCommand : IHostCommand
{
    private const long MaxBytes = 1L << 30;

    /// <inheritdoc/>
    public string Name => "tokenize";

    /// <inheritdoc/>
    public string Summary => "Turn texts or dialogues into token ids and back.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [TokenizeOptions.Descriptor];

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<TokenizeOptions>();
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            var encoder = ExampleEncoder.Load(options.Tokenizer, options.ToTemplate());
            var rows = await ReadAsync(options.Input, cancellation);
            var results = new JsonArray();
            for (var i = 0; i < rows.Count; i++)
                results.Add(options.Chat ? Chat(encoder, rows[i], options.Input, i) : Text(encoder, rows[i], options.Input, i));
            await File.WriteAllTextAsync(options.Output, results.ToJsonString(JsonText.Readable), cancellation);
            return CommandResult.Success with { Output = options.Output };
        });
    }

    private static async Task<JsonArray> ReadAsync(string path, CancellationToken cancellation)
    {
        if (new FileInfo(path).Length > MaxBytes)
            throw new MedicalGptException("The input is too large.") { Place = path, Allowed = "at most 1 GiB" };
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(path, cancellation)) as JsonArray
                ?? throw new MedicalGptException("The input is not a JSON list.") { Place = path, Allowed = "a list of strings, or with --chat a list of objects" };
        }
        catch (JsonException error)
        {
            throw new MedicalGptException($"The input is not valid JSON: {error.Message}", error) { Place = path };
        }
    }

    private static JsonObject Text(ExampleEncoder encoder, JsonNode? row, string path, int index)
    {
        if (row is not JsonValue value || !value.TryGetValue<string>(out var text))
            throw new MedicalGptException("A row is not a string.") { Place = $"{path}, item {index}", Given = row?.ToJsonString() ?? "null", Allowed = "a string; for dialogues add --chat" };
        var ids = encoder.Tokenizer.Encode(text);
        return new JsonObject { ["ids"] = Ids(ids), ["decoded"] = encoder.Tokenizer.Decode(ids, skipSpecial: false) };
    }

    private static JsonObject Chat(ExampleEncoder encoder, JsonNode? row, string path, int index)
    {
        if (row is not JsonObject { } dialogue || dialogue["messages"] is not JsonArray messages)
            throw new MedicalGptException("A row is not a dialogue.") { Place = $"{path}, item {index}", Allowed = "an object with a list 'messages', and optionally 'add_generation_prompt' and 'tools'" };
        var turns = messages.Select((message, turn) => JsonMessages.Read(message, $"{path}, item {index}, message {turn}")).ToList();
        var generation = dialogue["add_generation_prompt"] switch
        {
            null => false,
            JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
            var other => throw new MedicalGptException("A flag of a dialogue is neither true nor false.") { Place = $"{path}, item {index}, add_generation_prompt", Given = other.ToJsonString(), Allowed = "true or false, without quotes" },
        };
        var rendered = RowErrors.At($"{path}, item {index}", () => encoder.Template.Render(turns, dialogue["tools"]?.ToJsonString(), generation));
        return new JsonObject { ["text"] = rendered.Text, ["ids"] = Ids(encoder.Tokenizer.Encode(rendered.Text)) };
    }

    private static JsonArray Ids(IEnumerable<int> ids) => [.. ids.Select(id => (JsonNode)id)];
}
