using System.Buffers.Binary;
using System.Text;
using MedicalGpt.Fuzz.Tests.Support;
using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Fuzz.Tests.Targets;

/// <summary>Headers of safetensors files.</summary>
internal static class SafetensorsTarget
{
    private static readonly string[] Headers =
    [
        """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"BF16","shape":[8],"data_offsets":[16,32]}}""",
        """{"w":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"e":{"dtype":"F16","shape":[0,3],"data_offsets":[8,8]},"u":{"dtype":"U8","shape":[24],"data_offsets":[8,32]}}""",
    ];

    /// <summary>The reader.</summary>
    /// <param name="scratch">Where files go.</param>
    public static FuzzTarget Create(Scratch scratch) => new(
        "safetensors",
        [.. Headers.Select(Whole)],
        [.. new[] { "null", "-1", "9223372036854775807", "1e9", "{}", "[]", "\"F32\"", "\"F64\"", "\"dtype\":", "\"shape\":", "\"data_offsets\":", "[0,16]", new string('[', 100), "\"a\":", ",", "\"__metadata__\":", "[4294967296,4294967296]" }.Select(Encoding.UTF8.GetBytes)],
        (input, _) =>
        {
            using var file = SafetensorsFile.Open(scratch.Write("a.safetensors", input));
            foreach (var entry in file.Entries)
                file[entry.Name].Shape.ShouldNotBeNull();
            file.Metadata.ShouldNotBeNull();
            return Task.CompletedTask;
        })
    {
        IsRefusal = error => error is SafetensorsException or MedicalGptException,
    };

    private static byte[] Whole(string header)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. Enumerable.Range(0, 32).Select(i => (byte)i)];
    }
}
