using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>Writes safetensors files: the same tensors give the same bytes, whatever order they come in.</summary>
public static unsafe class SafetensorsWriter
{
    private const int PieceBytes = 1 << 22;
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes tensors, one at a time, to a temporary file beside path that then takes its name. Metadata without entries becomes format = pt.</summary>
    /// <exception cref="SafetensorsException">A dtype cannot be stored, or the disk refuses.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        Save(path, [.. tensors.Select(t => new SafetensorsItem(t.Key, t.Value, t.Value.dtype))], metadata);

    /// <summary>As <see cref="Save(string, IReadOnlyDictionary{string, Tensor}, IReadOnlyDictionary{string, string}?)"/>, with the formats that the tensors get; no tensor is copied whole.</summary>
    /// <exception cref="SafetensorsException">A dtype cannot be stored, a name occurs twice, or the disk refuses.</exception>
    public static void Save(string path, IReadOnlyList<SafetensorsItem> items, IReadOnlyDictionary<string, string>? metadata = null)
    {
        if (items.Select(i => i.Name).Distinct(StringComparer.Ordinal).Count() != items.Count) throw new SafetensorsException($"{path} cannot be written: a tensor's name occurs twice.");
        // Larger elements first keeps every tensor aligned; then by name.
        var ordered = items.OrderByDescending(i => SafetensorsTypes.SizeOf(SafetensorsTypes.NameOf(i.Format))).ThenBy(i => i.Name, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                stream.Write(BitConverter.GetBytes((ulong)header.Length));
                stream.Write(header);
                foreach (var item in ordered) Write(stream, item);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // .NET reports a file beyond the allowed size (EFBIG) as an argument out of range.
            var reason = problem is ArgumentOutOfRangeException ? "the file would be larger than this system allows" : problem.Message;
            try
            {
                File.Delete(temporary);
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
                throw new SafetensorsException($"{path} cannot be written: {reason}; the rest {temporary} cannot be deleted either: {second.Message}", problem);
            }

            throw new SafetensorsException($"{path} cannot be written: {reason}", problem);
        }
    }

    private static byte[] Header(List<SafetensorsItem> ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            if (metadata is null || metadata.Count == 0) json.WriteString("format", "pt");
            else foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, tensor, format) in ordered)
            {
                var type = SafetensorsTypes.NameOf(format);
                var bytes = tensor.numel() * SafetensorsTypes.SizeOf(type)!.Value;
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                foreach (var size in tensor.shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset + bytes);
                json.WriteEndArray();
                json.WriteEndObject();
                offset += bytes;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void Write(FileStream stream, SafetensorsItem item)
    {
        using var scope = NewDisposeScope();
        var flat = item.Value.detach().contiguous().view(-1);
        var rows = PieceBytes / flat.element_size();
        for (long at = 0; at < flat.numel(); at += rows)
        {
            using var inner = NewDisposeScope();
            var piece = flat.narrow(0, at, Math.Min(rows, flat.numel() - at)).to(item.Format).cpu().contiguous();
            var info = piece.Info();
            stream.Write(new ReadOnlySpan<byte>(info.Data, checked((int)(info.Elements * info.ElementSize))));
            GC.KeepAlive(piece);
        }
    }
}
