using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>Named fp32 and int64 tensors in a safetensors file.</summary>
internal static class TensorFile
{
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        var ordered = tensors.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, Value: t.Value.contiguous().cpu())).ToList();
        var at = 0L;
        foreach (var (name, value) in ordered)
        {
            header[name] = new JsonObject { ["dtype"] = value.dtype == ScalarType.Int64 ? "I64" : "F32", ["shape"] = new JsonArray([.. value.shape.Select(s => (JsonNode)s)]), ["data_offsets"] = new JsonArray(at, at += value.bytes.Length) };
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        using var file = File.Create(path);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        file.Write(length);
        file.Write(text);
        foreach (var (_, value) in ordered)
            file.Write(value.bytes);
    }

    public static Dictionary<string, Tensor> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject();
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, entry) in header.Where(h => h.Key != "__metadata__"))
        {
            var shape = entry!["shape"]!.AsArray().Select(s => s!.GetValue<long>()).ToArray();
            var value = zeros(shape, dtype: entry["dtype"]!.GetValue<string>() == "I64" ? ScalarType.Int64 : ScalarType.Float32);
            bytes.AsSpan(8 + length + (int)entry["data_offsets"]![0]!.GetValue<long>(), value.bytes.Length).CopyTo(value.bytes);
            tensors[name] = value;
        }

        return tensors;
    }

    /// <summary>A tensor of a file, checked against what the run has.</summary>
    public static Tensor Take(IReadOnlyDictionary<string, Tensor> tensors, string name, long[] shape, string path)
    {
        if (!tensors.TryGetValue(name, out var found))
            throw new MedicalGptException($"{path} has no tensor {name}, which this run trains; resume with the options of the run that wrote it (adapter, targets, ranks)");
        if (!found.shape.AsSpan().SequenceEqual(shape))
            throw new MedicalGptException($"{path}: tensor {name} has shape [{string.Join(", ", found.shape)}], this run has [{string.Join(", ", shape)}]; resume with the options of the run that wrote it");
        return found;
    }
}
