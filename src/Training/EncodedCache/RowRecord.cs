using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Training.Preferences;

namespace MedicalGpt.Training;

/// <summary>
/// An encoded row as bytes, little-endian: kind (0 row, 1 preference pair with its margin), segments (parent, number of tokens, kind of mask, ids, mask bits), then the source:
/// file and line, and for prompts the row itself as JSON, because rewards read it.
/// </summary>
internal static class RowRecord
{
    private const byte Plain = 0, Pair = 1, NoMask = 0, AllLearned = 1, Bits = 2;

    private enum SourceKind : byte
    {
        Text,
        Tokens,
        Prompt,
        TokenizedPrompt,
    }

    /// <summary>Whether a row can be written; algorithms may derive rows of their own, which cannot.</summary>
    public static bool CanHold(EncodedExample row) =>
        row.GetType() == typeof(EncodedExample) || (row is PreferenceRow { ReferenceChosen: null, ReferenceRejected: null } && row.GetType() == typeof(PreferenceRow));

    /// <summary>Writes a row.</summary>
    public static void Write(EncodedExample row, ArrayBufferWriter<byte> to)
    {
        Write(to, row is PreferenceRow ? Pair : Plain);
        if (row is PreferenceRow pair)
            BinaryPrimitives.WriteDoubleLittleEndian(Take(to, 8), pair.Margin);
        Write(to, row.Segments.Count);
        foreach (var segment in row.Segments)
        {
            Write(to, segment.Parent ?? -1);
            Write(to, segment.Ids.Length);
            var mask = segment.Learned is not { } learned ? NoMask : learned.AsSpan().Contains(false) ? Bits : AllLearned;
            Write(to, mask);
            MemoryMarshal.AsBytes<int>(segment.Ids).CopyTo(Take(to, segment.Ids.Length * 4));
            if (mask == Bits)
                WriteBits(segment.Learned!, Take(to, (segment.Ids.Length + 7) / 8));
        }

        WriteSource(row.Source, to);
    }

    /// <summary>Reads a row back.</summary>
    public static EncodedExample Read(ReadOnlySpan<byte> from)
    {
        var isPair = ReadByte(ref from) == Pair;
        var margin = isPair ? BinaryPrimitives.ReadDoubleLittleEndian(Take(ref from, 8)) : 0;
        var segments = new Segment[ReadInt(ref from)];
        for (var i = 0; i < segments.Length; i++)
        {
            var parent = ReadInt(ref from);
            var ids = new int[ReadInt(ref from)];
            var mask = ReadByte(ref from);
            Take(ref from, ids.Length * 4).CopyTo(MemoryMarshal.AsBytes(ids.AsSpan()));
            var learned = mask == NoMask ? null : new bool[ids.Length];
            if (mask == AllLearned)
                Array.Fill(learned!, true);
            else if (mask == Bits)
                ReadBits(Take(ref from, (ids.Length + 7) / 8), learned!);
            segments[i] = new Segment(ids) { Parent = parent < 0 ? null : parent, Learned = learned };
        }

        var source = ReadSource(from);
        return isPair ? new PreferenceRow(segments) { Source = source, Margin = margin } : new EncodedExample(segments) { Source = source };
    }

    private static void WriteSource(Example source, ArrayBufferWriter<byte> to)
    {
        var kind = source switch
        {
            Prompt => SourceKind.Prompt,
            TokenizedPrompt => SourceKind.TokenizedPrompt,
            TokenizedSequence or TokenizedPair or RowReference { IsTokenized: true } => SourceKind.Tokens,
            _ => SourceKind.Text,
        };
        Write(to, (byte)kind);
        BinaryPrimitives.WriteInt64LittleEndian(Take(to, 8), source.Origin.Line);
        Write(to, Encoding.UTF8.GetBytes(source.Origin.Source ?? ""));
        if (kind is SourceKind.Prompt or SourceKind.TokenizedPrompt)
            Write(to, JsonSerializer.SerializeToUtf8Bytes(source, source.GetType()));
    }

    private static Example ReadSource(ReadOnlySpan<byte> from)
    {
        var kind = (SourceKind)ReadByte(ref from);
        var line = BinaryPrimitives.ReadInt64LittleEndian(Take(ref from, 8));
        var name = Encoding.UTF8.GetString(Take(ref from, ReadInt(ref from)));
        var origin = name.Length > 0 ? new RowOrigin(name, line) : default(RowOrigin) with { Line = line };
        Example row = kind switch
        {
            SourceKind.Prompt => JsonSerializer.Deserialize<Prompt>(Take(ref from, ReadInt(ref from)))!,
            SourceKind.TokenizedPrompt => JsonSerializer.Deserialize<TokenizedPrompt>(Take(ref from, ReadInt(ref from)))!,
            _ => new RowReference(kind == SourceKind.Tokens),
        };
        return row with { Origin = origin };
    }

    private static void WriteBits(bool[] mask, Span<byte> to)
    {
        to.Clear();
        for (var t = 0; t < mask.Length; t++)
            to[t >> 3] |= (byte)(mask[t] ? 1 << (t & 7) : 0);
    }

    private static void ReadBits(ReadOnlySpan<byte> from, bool[] mask)
    {
        for (var t = 0; t < mask.Length; t++)
            mask[t] = (from[t >> 3] >> (t & 7) & 1) != 0;
    }

    private static Span<byte> Take(ArrayBufferWriter<byte> to, int count)
    {
        var span = to.GetSpan(Math.Max(1, count))[..count];
        to.Advance(count);
        return span;
    }

    private static void Write(ArrayBufferWriter<byte> to, byte value) => Take(to, 1)[0] = value;

    private static void Write(ArrayBufferWriter<byte> to, int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(to, 4), value);

    private static void Write(ArrayBufferWriter<byte> to, byte[] bytes)
    {
        Write(to, bytes.Length);
        bytes.CopyTo(Take(to, bytes.Length));
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int count)
    {
        var taken = from[..count];
        from = from[count..];
        return taken;
    }

    private static byte ReadByte(ref ReadOnlySpan<byte> from) => Take(ref from, 1)[0];

    private static int ReadInt(ref ReadOnlySpan<byte> from) => BinaryPrimitives.ReadInt32LittleEndian(Take(ref from, 4));
}
