using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>Writes safetensors files: the same tensors give the same bytes, whatever order they come in.</summary>
public static unsafe class SafetensorsWriter
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes tensors, one at a time, to a temporary file beside path that then takes its name. Metadata without entries becomes format = pt.</summary>
    /// <exception cref="SafetensorsException">A dtype cannot be stored, or the disk refuses.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // Larger elements first keeps every tensor aligned; then by name.
        var ordered = tensors.OrderByDescending(t => t.Value.element_size()).ThenBy(t => t.Key, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                stream.Write(BitConverter.GetBytes((ulong)header.Length));
                stream.Write(header);
                foreach (var (_, tensor) in ordered) Write(stream, tensor);
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

    private static byte[] Header(List<KeyValuePair<string, Tensor>> ordered, IReadOnlyDictionary<string, string>? metadata)
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
            foreach (var (name, tensor) in ordered)
            {
                var bytes = tensor.numel() * tensor.element_size();
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.dtype));
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

    private static void Write(FileStream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        var info = plain.Info();
        var length = info.Elements * info.ElementSize;
        for (long at = 0; at < length;)
        {
            var count = (int)Math.Min(length - at, 1 << 26);
            stream.Write(new ReadOnlySpan<byte>((byte*)info.Data + at, count));
            at += count;
        }

        GC.KeepAlive(plain);
    }
}
