using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>
/// Sentencepiece's table of rewrites (precompiled_charsmap): a double-array trie over UTF-8 bytes whose values point into a list of zero-ended texts.
/// Looked up for user-perceived characters of less than six bytes, then for code points; of several prefixes the shortest counts, as in the reference library.
/// </summary>
internal sealed class PrecompiledNormalizer : INormalizer
{
    private readonly uint[] _trie;
    private readonly byte[] _texts;

    /// <summary>Reads the table.</summary>
    /// <param name="table">Little-endian: bytes of the trie, the trie, the texts.</param>
    /// <exception cref="FormatException">It is no such table.</exception>
    public PrecompiledNormalizer(byte[] table)
    {
        if (table.Length < 4)
            throw new FormatException("the table is too short");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(table);
        if (size % 4 != 0 || size > table.Length - 4)
            throw new FormatException("the table's trie is longer than the table");
        _trie = new uint[size / 4];
        for (var i = 0; i < _trie.Length; i++)
            _trie[i] = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(4 + (4 * i)));
        _texts = table[(4 + (int)size)..];
    }

    public NormalizedText Normalize(NormalizedText text)
    {
        if (text.Text.Length == 0 || _trie.Length == 0)
            return text;
        var output = new TextTransform(text);
        var changed = false;
        for (var start = 0; start < text.Text.Length;)
        {
            var units = StringInfo.GetNextTextElementLength(text.Text.AsSpan(start));
            var cluster = text.Text.AsSpan(start, units);
            if (Encoding.UTF8.GetByteCount(cluster) < 6 && Lookup(cluster) is { } whole)
            {
                changed = true;
                Replace(output, cluster, whole);
            }
            else
            {
                foreach (var rune in cluster.EnumerateRunes())
                    changed |= Single(output, rune);
            }

            start += units;
        }

        return changed ? output.Finish() : text;
    }

    private bool Single(TextTransform output, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        var part = units[..rune.EncodeToUtf16(units)];
        if (Lookup(part) is not { } text)
        {
            output.Add(rune, 0);
            return false;
        }

        Replace(output, part, text);
        return true;
    }

    private static void Replace(TextTransform output, ReadOnlySpan<char> old, string text)
    {
        var oldCount = 0;
        foreach (var _ in old.EnumerateRunes())
            oldCount++;
        var newCount = text.EnumerateRunes().Count();
        var position = output.Position + old.Length;
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var added = index >= newCount - Math.Max(0, newCount - oldCount);
            var taken = index == newCount - 1 ? Math.Max(0, oldCount - newCount) : 0;
            output.Add(rune, added ? 1 : -taken);
            index++;
        }

        if (newCount < oldCount)
            output.SkipTo(position);
    }

    private string? Lookup(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        bytes = bytes[..Encoding.UTF8.GetBytes(text, bytes)];
        var node = Offset(_trie[0]);
        foreach (var value in bytes)
        {
            node ^= value;
            if (value == 0 || node >= (uint)_trie.Length || (_trie[node] & 0x800000FF) != value)
                return null;
            var unit = _trie[node];
            node ^= Offset(unit);
            if ((unit & 0x100) != 0)
                return node < (uint)_trie.Length ? TextAt((int)(_trie[node] & 0x7FFFFFFF)) : null;
        }

        return null;
    }

    private string? TextAt(int start)
    {
        if (start >= _texts.Length)
            return null;
        var length = _texts.AsSpan(start).IndexOf((byte)0);
        return Encoding.UTF8.GetString(_texts, start, length < 0 ? _texts.Length - start : length);
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
