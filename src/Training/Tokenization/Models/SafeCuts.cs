using System.Text;

namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>
/// Finds places that no merge can cross: between two characters that stand side by side in no token that a merge makes. Byte pair encoding gives the same tokens when a text is cut there first,
/// which makes vocabularies without words (Llama 2) as fast as others.
/// </summary>
internal sealed class SafeCuts
{
    private const int Bits = 20;
    private readonly ulong[] _neighbours = new ulong[(1 << Bits) / 64];
    private readonly Vocabulary _vocabulary;
    private readonly bool _complete;

    /// <summary>Creates the rule.</summary>
    /// <param name="vocabulary">Token strings.</param>
    /// <param name="made">Tokens that merges make.</param>
    /// <param name="complete">Whether every character has tokens, of its bytes if not of its own.</param>
    public SafeCuts(Vocabulary vocabulary, IEnumerable<int> made, bool complete)
    {
        _vocabulary = vocabulary;
        _complete = complete;
        foreach (var id in made)
        {
            var before = -1;
            foreach (var rune in (vocabulary.Tokens[id] ?? "").EnumerateRunes())
            {
                if (before >= 0)
                    _neighbours[Slot(before, rune.Value) >> 6] |= 1UL << (Slot(before, rune.Value) & 63);
                before = rune.Value;
            }
        }
    }

    /// <summary>Where the part that begins at an index ends.</summary>
    public int Next(ReadOnlySpan<char> text, int start)
    {
        Rune.DecodeFromUtf16(text[start..], out var before, out var units);
        var knownBefore = _complete || Knows(text, start, units);
        for (var at = start + units; at < text.Length; at += units)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out units);
            var known = _complete || Knows(text, at, units);
            var slot = Slot(before.Value, rune.Value);
            // A character without tokens may be joined with others, or drop out so that its neighbours meet.
            if (known && knownBefore && (_neighbours[slot >> 6] >> (slot & 63) & 1) == 0)
                return at;
            (before, knownBefore) = (rune, known);
        }

        return text.Length;
    }

    private bool Knows(ReadOnlySpan<char> text, int at, int units) => _vocabulary.IdOf(text.Slice(at, units)) is not null;

    // A hash that meets another pair's only hides a place to cut.
    private static int Slot(int left, int right) => (int)((((ulong)(uint)left << 21) | (uint)right) * 0x9E3779B97F4A7C15UL >> (64 - Bits));
}
