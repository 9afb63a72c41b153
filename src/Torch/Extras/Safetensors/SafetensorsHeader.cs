using System.Text.Json;

namespace MedicalGpt.Torch.Extras;

/// <summary>Reads and checks a header: every claim is verified against the file's size before anything is allocated.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>No real header comes near; a larger one is an attack on memory.</summary>
    internal const long MaximumBytes = 100_000_000;

    private const string MetadataKey = "__metadata__";

    private readonly string path;
    private readonly long dataStart;
    private readonly long dataLength;

    private SafetensorsHeader(string path, long dataStart, long dataLength)
    {
        this.path = path;
        this.dataStart = dataStart;
        this.dataLength = dataLength;
    }

    /// <summary>In the order of their data.</summary>
    internal List<SafetensorsEntry> Entries { get; } = [];

    internal Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    internal static SafetensorsHeader Read(string path, Stream stream)
    {
        var size = stream.Length;
        var prefix = new byte[8];
        if (size < 8) throw new SafetensorsException($"{path}: {size} byte(s) cannot be a safetensors file: the header's length takes 8. The file is cut off or of another format.");
        stream.ReadExactly(prefix);
        var length = BitConverter.ToUInt64(prefix);
        if (length > MaximumBytes) throw new SafetensorsException($"{path}: the header claims {length} bytes; allowed are {MaximumBytes}. The file is damaged or not a safetensors file.");
        if ((long)length > size - 8) throw new SafetensorsException($"{path}: the header claims {length} bytes, but only {size - 8} follow. The file is cut off: fetch it again.");
        var text = new byte[length];
        stream.ReadExactly(text);
        var header = new SafetensorsHeader(path, 8 + (long)length, size - 8 - (long)length);
        header.Parse(text);
        header.CheckLayout();
        return header;
    }

    private void Parse(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Bad("the header is not a JSON object");
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name)) throw Bad($"'{property.Name}' occurs twice in the header");
                if (property.Name == MetadataKey) ReadMetadata(property.Value);
                else Entries.Add(ReadEntry(property.Name, property.Value));
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw new SafetensorsException($"{path}: the header is not valid JSON: {problem.Message}", problem);
        }
    }

    private void ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Bad("__metadata__ is not an object");
        foreach (var item in element.EnumerateObject()) Metadata[item.Name] = item.Value.ValueKind == JsonValueKind.String ? item.Value.GetString()! : throw Bad($"__metadata__.{item.Name} is not a string");
    }

    private SafetensorsEntry ReadEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("dtype", out var dtype) || !element.TryGetProperty("shape", out var shape) || !element.TryGetProperty("data_offsets", out var offsets))
            throw Bad($"tensor '{name}' needs dtype, shape and data_offsets");
        var type = dtype.GetString() ?? "";
        var elementSize = SafetensorsTypes.SizeOf(type) ?? throw Bad($"tensor '{name}' has the unknown dtype '{type}'");
        if (shape.GetArrayLength() > 64) throw Bad($"tensor '{name}' has {shape.GetArrayLength()} dimensions; allowed are 64");
        var sizes = shape.EnumerateArray().Select(s => s.GetInt64()).ToArray();
        if (offsets.GetArrayLength() != 2) throw Bad($"tensor '{name}' needs two data_offsets");
        var begin = offsets[0].GetInt64();
        var end = offsets[1].GetInt64();
        if (begin < 0 || end < begin || end > dataLength) throw Bad($"tensor '{name}' claims bytes {begin} to {end}, but the file holds {dataLength} bytes of data");
        if (sizes.Any(s => s < 0)) throw Bad($"tensor '{name}' has a negative size in [{string.Join(", ", sizes)}]");
        UInt128 expected = (UInt128)elementSize;
        foreach (var size in sizes)
        {
            expected *= (UInt128)size;
            if (expected > long.MaxValue) throw Bad($"tensor '{name}' of shape [{string.Join(", ", sizes)}] is larger than any file");
        }

        if (expected != (UInt128)(end - begin)) throw Bad($"tensor '{name}' of shape [{string.Join(", ", sizes)}] and dtype {type} needs {expected} bytes, its data_offsets give {end - begin}");
        return new SafetensorsEntry(name, type, sizes, dataStart + begin, end - begin);
    }

    private void CheckLayout()
    {
        Entries.Sort((a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : a.Length.CompareTo(b.Length));
        var next = dataStart;
        foreach (var entry in Entries)
        {
            if (entry.Offset < next) throw Bad($"tensor '{entry.Name}' overlaps the one before it");
            if (entry.Offset > next) throw Bad($"{entry.Offset - next} byte(s) before tensor '{entry.Name}' belong to no tensor");
            next = entry.Offset + entry.Length;
        }

        if (next != dataStart + dataLength) throw Bad($"{dataStart + dataLength - next} byte(s) at the end belong to no tensor");
    }

    private SafetensorsException Bad(string what) => new($"{path}: {what}. The file is damaged: fetch or convert it again.");
}
