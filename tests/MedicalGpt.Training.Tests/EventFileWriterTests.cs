using System.Buffers.Binary;
using System.Text;

namespace MedicalGpt.Training.Tests;

public sealed class EventFileWriterTests
{
    [Fact]
    public void The_checksum_is_castagnolis()
    {
        // Check value of CRC-32C for "123456789" (RFC 3720 and the CRC catalogue).
        EventFileWriter.Checksum("123456789"u8).ShouldBe(0xE3069283);
    }

    [Fact]
    public void Frames_carry_lengths_masked_checksums_and_the_scalar()
    {
        using var folder = new TemporaryFolder();
        string path;
        using (var writer = new EventFileWriter(folder.Path))
        {
            path = writer.FilePath;
            writer.Write(7, [new("train/loss", 1.5f)]);
        }

        Path.GetFileName(path).ShouldStartWith("events.out.tfevents.");
        var frames = Frames(File.ReadAllBytes(path));
        frames.Count.ShouldBe(2);
        Encoding.ASCII.GetString(frames[0]).ShouldContain("brain.Event:2");

        // After wall_time (tag 0x09 and 8 bytes): step 7 (10 07), summary (2A, 19 bytes), value (0A, 17 bytes), tag (0A, 10 bytes, text), simple_value (15, 1.5 = 0x3FC00000).
        byte[] expected = [0x10, 7, 0x2A, 19, 0x0A, 17, 0x0A, 10, .. "train/loss"u8, 0x15, 0, 0, 0xC0, 0x3F];
        frames[1][0].ShouldBe((byte)0x09);
        frames[1][9..].ShouldBe(expected);
    }

    private static List<byte[]> Frames(byte[] file)
    {
        var frames = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Unmask(file.AsSpan(at + 8)).ShouldBe(EventFileWriter.Checksum(file.AsSpan(at, 8)));
            Unmask(file.AsSpan(at + 12 + length)).ShouldBe(EventFileWriter.Checksum(file.AsSpan(at + 12, length)));
            frames.Add(file[(at + 12)..(at + 12 + length)]);
            at += length + 16;
        }

        return frames;
    }

    private static uint Unmask(ReadOnlySpan<byte> data)
    {
        var rotated = BinaryPrimitives.ReadUInt32LittleEndian(data) - 0xA282EAD8;
        return (rotated >> 17) | (rotated << 15);
    }
}
