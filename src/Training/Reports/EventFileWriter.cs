using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;

namespace MedicalGpt.Training;

/// <summary>
/// Writes scalars as TensorBoard reads them: <c>Event</c> messages in TFRecord frames
/// (length, masked CRC-32C of the length, data, masked CRC-32C of the data; little endian).
/// </summary>
public sealed class EventFileWriter : IDisposable
{
    private readonly FileStream file;

    /// <summary>Starts a new event file.</summary>
    /// <param name="directory">Folder, made when missing.</param>
    public EventFileWriter(string directory)
    {
        Directory.CreateDirectory(directory);
        var now = DateTimeOffset.UtcNow;
        var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.medgpt.{Environment.ProcessId}.{now.Ticks % TimeSpan.TicksPerSecond}");
        FilePath = Path.Combine(directory, name);
        file = new FileStream(FilePath, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        WriteEvent(0, output =>
        {
            output.WriteTag(3, WireFormat.WireType.LengthDelimited); // Event.file_version
            output.WriteString("brain.Event:2");
        });
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>CRC-32C (Castagnoli), as in RFC 3720.</summary>
    /// <param name="data">Bytes.</param>
    /// <returns>Checksum.</returns>
    public static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>Writes scalars of a step.</summary>
    /// <param name="step">Updates done.</param>
    /// <param name="values">Scalars by tag.</param>
    public void Write(long step, IEnumerable<KeyValuePair<string, float>> values)
    {
        using var summary = new MemoryStream();
        using (var output = new CodedOutputStream(summary, leaveOpen: true))
        {
            foreach (var (tag, value) in values)
            {
                output.WriteTag(1, WireFormat.WireType.LengthDelimited); // Summary.value
                output.WriteLength(1 + CodedOutputStream.ComputeStringSize(tag) + 5);
                output.WriteTag(1, WireFormat.WireType.LengthDelimited); // Value.tag
                output.WriteString(tag);
                output.WriteTag(2, WireFormat.WireType.Fixed32); // Value.simple_value
                output.WriteFloat(value);
            }
        }

        WriteEvent(step, output =>
        {
            output.WriteTag(5, WireFormat.WireType.LengthDelimited); // Event.summary
            output.WriteBytes(ByteString.CopyFrom(summary.ToArray()));
        });
        file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static uint Masked(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Checksum(data), 15) + 0xA282EAD8;

    private void WriteEvent(long step, Action<CodedOutputStream> body)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.Fixed64); // Event.wall_time
            output.WriteDouble((DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds);
            output.WriteTag(2, WireFormat.WireType.Varint); // Event.step
            output.WriteInt64(step);
            body(output);
        }

        var data = buffer.ToArray();
        var frame = new byte[data.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Masked(frame.AsSpan(0, 8)));
        data.CopyTo(frame, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12 + data.Length), Masked(data));
        file.Write(frame);
    }
}
