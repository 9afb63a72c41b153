using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary>A safetensors file read and written without the product's own code: an 8-byte length, a JSON header, then the data.</summary>
internal sealed class TensorFile
{
    private readonly Dictionary<string, (string Type, long[] Shape, byte[] Data)> _tensors = new(StringComparer.Ordinal);

    /// <summary>Names of the tensors.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors.</returns>
    public static TensorFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToInt64(bytes, 0);
        var file = new TensorFile();
        foreach (var (name, node) in JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject().Where(item => item.Key != "__metadata__"))
        {
            var offsets = node!["data_offsets"]!.AsArray().Select(item => (int)item!).ToArray();
            file._tensors[name] = ((string)node["dtype"]!, [.. node["shape"]!.AsArray().Select(item => (long)item!)], bytes[(8 + length + offsets[0])..(8 + length + offsets[1])]);
        }

        return file;
    }

    /// <summary>Shape of a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Sizes.</returns>
    public long[] Shape(string name) => _tensors[name].Shape;

    /// <summary>A tensor's bytes.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Row-major.</returns>
    public byte[] Bytes(string name) => _tensors[name].Data;

    /// <summary>An F32 tensor's elements.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Row-major.</returns>
    public float[] Floats(string name)
    {
        _tensors[name].Type.ShouldBe("F32", name);
        return [.. MemoryMarshal.Cast<byte, float>(_tensors[name].Data)];
    }

    /// <summary>An I64 tensor's elements.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Row-major.</returns>
    public long[] Longs(string name)
    {
        _tensors[name].Type.ShouldBe("I64", name);
        return [.. MemoryMarshal.Cast<byte, long>(_tensors[name].Data)];
    }

    /// <summary>Adds a tensor of another file under a name.</summary>
    /// <param name="name">Its name here.</param>
    /// <param name="other">The other file.</param>
    /// <param name="otherName">Its name there.</param>
    /// <returns>This file.</returns>
    public TensorFile With(string name, TensorFile other, string otherName)
    {
        _tensors[name] = other._tensors[otherName];
        return this;
    }

    /// <summary>Adds an I64 tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="data">Row-major.</param>
    /// <returns>This file.</returns>
    public TensorFile With(string name, long[] shape, long[] data)
    {
        _tensors[name] = ("I64", shape, MemoryMarshal.AsBytes(data.AsSpan()).ToArray());
        return this;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <returns>The path.</returns>
    public string Write(string path)
    {
        var header = new JsonObject();
        var at = 0;
        foreach (var (name, (type, shape, data)) in _tensors)
        {
            header[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = JsonSerializer.SerializeToNode(shape),
                ["data_offsets"] = JsonSerializer.SerializeToNode(new[] { at, at + data.Length }),
            };
            at += data.Length;
        }

        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)text.Length), .. text, .. _tensors.Values.SelectMany(tensor => tensor.Data)]);
        return path;
    }
}
