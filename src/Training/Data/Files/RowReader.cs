using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MedicalGpt.Data;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Data;

/// <summary>Reads the JSON rows of a file: one per line (.jsonl, and .json written that way), an array, or an object whose members are the rows.</summary>
internal static class RowReader
{
    private const long DocumentLimit = 512L << 20;

    /// <summary>The rows of a file, in order.</summary>
    /// <param name="file">The file and how to read it.</param>
    /// <param name="options">Formats of plugins.</param>
    /// <param name="columns">Which columns hold which fields.</param>
    /// <param name="bad">Takes rows that cannot be read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> ReadAsync(DataFile file, DataReadOptions options, ColumnMap columns, BadRows bad, CancellationToken cancellationToken) => file.Format switch
    {
        "jsonl" or "ndjson" => ReadLinesAsync(file.Path, bad, cancellationToken),
        "json" => ReadDocumentAsync(file.Path, bad, cancellationToken),
        "csv" or "tsv" => TableReader.ReadAsync(file, columns, bad, cancellationToken),
        _ => CheckedAsync(PluginRows.ReadAsync(file, options, cancellationToken), bad, cancellationToken),
    };

    /// <summary>Parses one row.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> json, RowOrigin origin) => Checked(Json(json, origin), origin);

    private static JsonElement Json(ReadOnlyMemory<byte> json, RowOrigin origin)
    {
        RequireUtf8(json.Span, origin);
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(json.Span);
        }
        catch (JsonException e)
        {
            throw new MedicalGptException($"The row is not JSON: {Brief(e)}", e) { Place = origin.ToString(), Given = Begin(json.Span), Allowed = "one JSON object per line" };
        }
    }

    /// <summary>The text of a line, checked to be valid UTF-8.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, RowOrigin origin)
    {
        RequireUtf8(bytes, origin);
        return Encoding.UTF8.GetString(bytes);
    }

    private static JsonElement Checked(JsonElement row, RowOrigin origin)
    {
        if (StrictJson.Fault(row) is { } fault)
            throw new MedicalGptException($"The row {fault}.") { Place = origin.ToString(), Allowed = "valid Unicode" };
        return StrictJson.Repeated(row) is { } name
            ? throw new MedicalGptException("The row has two members of one name, of which only one could be read.") { Place = origin.ToString(), Given = $"\"{name}\" twice", Allowed = "each name once in an object", Remedy = "remove or rename one" }
            : row;
    }

    private static void RequireUtf8(ReadOnlySpan<byte> bytes, RowOrigin origin)
    {
        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0))
            throw new MedicalGptException("The line is not valid UTF-8.") { Place = origin.ToString(), Given = Begin(bytes), Allowed = "UTF-8", Remedy = EncodingAdvice.Remedy(bytes) };
    }

    // Whoever makes rows: what cannot be read in one way only is refused, row by row.
    private static async IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> CheckedAsync(IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> rows, BadRows bad, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (raw, origin) in rows.WithCancellation(cancellationToken))
            if (bad.TryRead(origin, () => Checked(raw, origin), out var row))
                yield return (row, origin);
    }

    private static async IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> ReadLinesAsync(string path, BadRows bad, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, bytes) in LineReader.ReadAsync(path, cancellationToken))
        {
            if (IsBlank(bytes.Span))
                continue;
            var origin = new RowOrigin(path, number);
            if (bad.TryRead(origin, () => Parse(bytes, origin), out var row))
                yield return (row, origin);
        }
    }

    private static async IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> ReadDocumentAsync(string path, BadRows bad, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await FirstLineAsync(path, cancellationToken) switch
        {
            FirstLine.Array => CheckedAsync(ReadArrayAsync(path, cancellationToken), bad, cancellationToken),
            FirstLine.WholeObject => ReadLinesAsync(path, bad, cancellationToken),
            _ => ReadMembersAsync(path, bad, cancellationToken),
        };
        await foreach (var row in rows)
            yield return row;
    }

    // An array may be one line of any length, so its first character decides before lines are read. An object on the only line may hold all rows.
    private static async Task<FirstLine> FirstLineAsync(string path, CancellationToken cancellationToken)
    {
        if (await FirstByteAsync(path, cancellationToken) == '[')
            return FirstLine.Array;
        var isObject = false;
        await foreach (var (_, bytes) in LineReader.ReadAsync(path, cancellationToken))
        {
            if (IsBlank(bytes.Span))
                continue;
            if (isObject)
                return FirstLine.WholeObject;
            if (!IsObject(bytes.Span))
                return FirstLine.Other;
            isObject = true;
        }

        return isObject ? FirstLine.Other : FirstLine.WholeObject;
    }

    private static async Task<int> FirstByteAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = DataStream.Open(path);
        var buffer = new byte[4096];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (EncodingAdvice.LooksLikeUtf16(buffer.AsSpan(0, read)))
            return -1; // refused with the first line
        var start = buffer.AsSpan(0, read).StartsWith("\uFEFF"u8) ? 3 : 0;
        var first = buffer.AsSpan(start, read - start).IndexOfAnyExcept(" \t\r\n"u8);
        return first < 0 ? -1 : buffer[start + first];
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            return JsonDocument.TryParseValue(ref reader, out var document) && document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> ReadArrayAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = DataStream.Open(path, LineReader.LineLimit);
        await using var items = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        for (var number = 1L; ; number++)
        {
            try
            {
                if (!await items.MoveNextAsync())
                    yield break;
            }
            catch (JsonException e)
            {
                throw new MedicalGptException($"The file is not JSON: {Brief(e)}", e) { Place = $"{path}, item {number} of the array" };
            }

            stream.Restart();
            yield return (items.Current, new RowOrigin(path, number));
        }
    }

    private static async IAsyncEnumerable<(JsonElement Row, RowOrigin Origin)> ReadMembersAsync(string path, BadRows bad, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var root = Json(await WholeAsync(path, cancellationToken), new RowOrigin(path, 1));
        var rows = Rows(root, path);
        for (var i = 0; i < rows.Count; i++)
        {
            var (item, origin) = (rows[i], new RowOrigin(path, i + 1));
            if (bad.TryRead(origin, () => Checked(item, origin), out var row))
                yield return (row, origin);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> WholeAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = DataStream.Open(path);
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (whole.Length + read > DocumentLimit)
                throw new MedicalGptException($"{path} is one JSON object of more than {DocumentLimit >> 20} MiB; write one row per line (.jsonl) instead.");
            whole.Write(buffer, 0, read);
        }

        var bytes = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    // Columns as lists of one length, {"data": [row, ...]}, {"id": row, ...}, or one row.
    private static List<JsonElement> Rows(JsonElement root, string path)
    {
        var members = root.ValueKind == JsonValueKind.Object ? root.EnumerateObject().ToList() : [];
        if (!AreDistinct(members))
            return [root]; // refused as one row
        if (members is [{ Value.ValueKind: JsonValueKind.Array } only] && only.Value.EnumerateArray().All(i => i.ValueKind == JsonValueKind.Object) && only.Name is not ("messages" or "conversations"))
            return [.. only.Value.EnumerateArray()];
        if (ColumnLists.AreIn(members, path))
            return ColumnLists.Rows(members);
        return members.Count > 0 && members.TrueForAll(m => m.Value.ValueKind == JsonValueKind.Object) ? members.ConvertAll(m => m.Value) : [root];
    }

    private static bool AreDistinct(List<JsonProperty> members)
    {
        try
        {
            return members.DistinctBy(member => member.Name, StringComparer.Ordinal).Count() == members.Count;
        }
        catch (InvalidOperationException)
        {
            return false; // a name is no Unicode
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;

    private static string Begin(ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json[..Math.Min(json.Length, 60)]).Replace("\0", "", StringComparison.Ordinal);
        return json.Length > 60 ? text + "…" : text;
    }

    private static string Brief(JsonException e)
    {
        var message = e.Message;
        var position = message.IndexOf(" Path:", StringComparison.Ordinal);
        position = position < 0 ? message.IndexOf(" LineNumber:", StringComparison.Ordinal) : position;
        // The parser's advice to its programmer helps nobody who has a file to mend.
        return position < 0 ? message : $"{message[..position].Replace(" which is not supported in this mode. Change the reader options.", ".", StringComparison.Ordinal)} (byte {e.BytePositionInLine + 1})";
    }

    private enum FirstLine
    {
        Array,
        WholeObject,
        Other,
    }
}
