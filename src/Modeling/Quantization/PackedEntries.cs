using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Packed matrices in safetensors files, under bitsandbytes' names: a weight and the tensors beside it.</summary>
internal sealed class PackedEntries
{
    private const string StateMark = ".quant_state.bitsandbytes__";
    private const long LargestState = 1 << 16;
    private static readonly string[] Companions = [".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map"];
    private readonly Dictionary<string, SafetensorsFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> states = new(StringComparer.Ordinal);
    private readonly HashSet<string> companions = new(StringComparer.Ordinal);

    /// <summary>Looks through files; reads the small descriptions only.</summary>
    /// <param name="open">Open files.</param>
    /// <exception cref="MedicalGptException">A description is malformed.</exception>
    public PackedEntries(IEnumerable<SafetensorsFile> open)
    {
        foreach (var (file, entry) in open.SelectMany(f => f.Entries.Select(e => (f, e))))
            files[entry.Name] = file;
        foreach (var (name, file) in files)
        {
            if (name.IndexOf(StateMark, StringComparison.Ordinal) is > 0 and var at)
            {
                var weight = name[..at];
                states[weight] = State(file, name);
                companions.Add(name);
                companions.UnionWith(Companions.Select(c => weight + c).Where(files.ContainsKey));
            }
            else if (name.EndsWith(".SCB", StringComparison.Ordinal))
            {
                var module = name[..^".SCB".Length];
                states[module + ".weight"] = [];
                companions.UnionWith([name, module + ".weight_format"]);
            }
        }
    }

    /// <summary>Whether a tensor belongs to a packed weight.</summary>
    public bool IsCompanion(string name) => companions.Contains(name);

    /// <summary>Whether a tensor is a packed weight.</summary>
    public bool IsPacked(string name) => states.ContainsKey(name);

    /// <summary>How a packed weight is packed: nf4, fp4 or int8.</summary>
    public string FormatName(string name) => states[name].Count == 0 ? "int8" : states[name]["quant_type"]?.ToString() ?? "4bit";

    /// <summary>The shape that a packed weight stands for.</summary>
    public long[] Shape(string name) => states[name].Count == 0
        ? [.. files[name][name].Shape]
        : states[name]["shape"] is JsonArray list && list.All(n => n is JsonValue v && v.TryGetValue<long>(out var size) && size > 0) ? [.. list.Select(n => (long)n!)] : throw Wrong(name, "'shape' of its quant_state is no list of sizes");

    /// <summary>The format that a packed weight had before.</summary>
    public ScalarType Format(string name) => FormatNames.Parse(states[name]["dtype"]?.ToString());

    /// <summary>Reads a packed weight.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Where it goes.</param>
    /// <param name="threshold">Limit of outliers of an int8 matrix.</param>
    /// <returns>The matrix, which owns its tensors.</returns>
    /// <exception cref="MedicalGptException">Tensors are missing or do not fit together.</exception>
    public PackedMatrix Load(string name, Device place, double threshold)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return states[name].Count == 0 ? EightBits(name, place, threshold) : FourBits(name, place);
    }

    private FourBitMatrix FourBits(string name, Device place)
    {
        var (state, shape) = (states[name], Shape(name));
        if (shape.Length != 2)
            throw Wrong(name, $"it stands for {shape.Length} dimensions; a matrix is needed");
        var type = state["quant_type"]?.ToString() switch
        {
            "nf4" => QuantizationType.Nf4,
            "fp4" => QuantizationType.Fp4,
            var other => throw Wrong(name, $"quant_type is '{other}'; supported are nf4 and fp4"),
        };
        var block = Number(name, "blocksize");
        if (block is < 2 or > 1 << 16 || block % 2 != 0)
            throw Wrong(name, $"blocksize {block} is not an even number up to 65536");
        var count = shape[0] * shape[1];
        var codes = Bytes(name);
        if (codes.shape[0] != (count + 1) / 2)
            throw Wrong(name, $"it has {codes.shape[0]} bytes; {(count + 1) / 2} are needed for [{shape[0]}, {shape[1]}]");
        Same(name, ".quant_map", FourBitMatrix.Book(type));
        var blocks = (count + block - 1) / block;
        var scales = Part(name, ".absmax", blocks);
        if (!files.ContainsKey(name + ".nested_absmax"))
            return new FourBitMatrix(type, shape, codes.to(place), BlockScales.Plain(scales.to(ScalarType.Float32).to(place)), (int)block);
        Same(name, ".nested_quant_map", Codebook.SignedDynamic);
        if (Number(name, "nested_blocksize") != BlockScales.NestedBlock || scales.dtype != ScalarType.Byte)
            throw Wrong(name, $"its scales are not bytes in blocks of {BlockScales.NestedBlock}");
        var largest = Part(name, ".nested_absmax", (blocks + BlockScales.NestedBlock - 1) / BlockScales.NestedBlock);
        var offset = state["nested_offset"] is JsonValue value && value.TryGetValue<double>(out var number) ? (float)number : throw Wrong(name, "'nested_offset' of its quant_state is no number");
        return new FourBitMatrix(type, shape, codes.to(place), BlockScales.Packed(scales.to(place), largest.to(place), offset), (int)block);
    }

    private Int8Matrix EightBits(string name, Device place, double threshold)
    {
        var codes = files[name].Load(name);
        if (codes.dtype != ScalarType.Int8 || codes.shape.Length != 2)
            throw Wrong(name, "beside an SCB tensor a matrix of I8 is needed");
        var module = name[..^".weight".Length];
        if (files.TryGetValue(module + ".weight_format", out var file) && file.Load(module + ".weight_format").to(ScalarType.Int64).sum().item<long>() != 0)
            throw Wrong(name, "its weight_format is not 0 (row); save it again with a current bitsandbytes");
        var largest = files[module + ".SCB"].Load(module + ".SCB").to(ScalarType.Float32).view(-1);
        return largest.shape[0] == codes.shape[0] ? new Int8Matrix(codes.to(place), largest.to(place), threshold) : throw Wrong(name, $"it has {codes.shape[0]} rows and {largest.shape[0]} scales");
    }

    // Codes may be stored in wider elements (bnb_4bit_quant_storage); their bytes are the same.
    private Tensor Bytes(string name)
    {
        var stored = files[name].Load(name).contiguous();
        return stored.dtype == ScalarType.Byte ? stored.view(-1) : tensor(stored.bytes.ToArray());
    }

    private Tensor Part(string name, string suffix, long count)
    {
        if (!files.TryGetValue(name + suffix, out var file))
            throw Wrong(name, $"'{name}{suffix}' is missing");
        var part = file.Load(name + suffix).view(-1);
        return part.shape[0] == count ? part : throw Wrong(name, $"'{name}{suffix}' has {part.shape[0]} elements; {count} are needed");
    }

    private void Same(string name, string suffix, Codebook book)
    {
        using var scope = NewDisposeScope();
        if (files.ContainsKey(name + suffix) && !Part(name, suffix, book.Values.Count).to(ScalarType.Float32).eq(tensor([.. book.Values])).all().item<bool>())
            throw Wrong(name, $"'{name}{suffix}' holds other values than its format has");
    }

    private long Number(string name, string key) => states[name][key] is JsonValue value && value.TryGetValue<long>(out var number) ? number : throw Wrong(name, $"'{key}' of its quant_state is no whole number");

    private static JsonObject State(SafetensorsFile file, string name)
    {
        if (file[name].Length > LargestState)
            throw Wrong(name, $"{file[name].Length} bytes; at most {LargestState} are read");
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(file.Bytes(name))) as JsonObject is { Count: > 0 } state ? state : throw Wrong(name, "it is no JSON object");
        }
        catch (JsonException error)
        {
            throw new MedicalGptException($"{file.Path}: '{name}' is not valid JSON: {error.Message}", error);
        }
    }

    private static MedicalGptException Wrong(string name, string what) => new($"the packed weight '{name}' cannot be read: {what}");
}
