using System.Text;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>Changes bytes of a file: single bytes, cuts, repeats, and words that JSON readers stumble over.</summary>
internal static class Mutation
{
    private static readonly byte[][] Words = [.. new[] { "null", "true", "false", "-1", "0", "1e999", "99999999999", "4294967296", "\"\\ud800\"", "\"\"", "{}", "[]", "\"x\"", "\"Sequence\"", "\"ByteLevel\"", "(a+)+", "[^", "\\p{L}", "\0" }.Select(Encoding.UTF8.GetBytes)];

    public static byte[] Of(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when length < bytes.Count:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Words[random.Next(Words.Length)]);
                    break;
                case 4:
                    Replace(bytes, at, random);
                    break;
                default:
                    bytes[at] = "{}[]\",:0-\\en"u8[random.Next(12)];
                    break;
            }
        }

        return [.. bytes];
    }

    // Swaps a value for another, so that the file stays JSON and its meaning changes.
    private static void Replace(List<byte> bytes, int at, Random random)
    {
        var start = bytes.IndexOf((byte)':', at);
        var end = start < 0 ? -1 : bytes.FindIndex(start, b => b is (byte)',' or (byte)'}' or (byte)']');
        if (end < 0)
            return;
        bytes.RemoveRange(start + 1, end - start - 1);
        bytes.InsertRange(start + 1, Words[random.Next(15)]);
    }
}
