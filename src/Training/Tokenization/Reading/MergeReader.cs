using System.Text.Json;
using MedicalGpt.Training.Tokenization.Models;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads <c>merges</c>, as pairs or as "a b" strings.</summary>
/// <param name="Table">The merges.</param>
/// <param name="Made">The tokens that they make.</param>
/// <param name="JoinsBytes">Whether one of them joins tokens of bytes (<c>&lt;0xE4&gt;</c>).</param>
internal sealed record MergeReader(MergeTable Table, IReadOnlyList<int> Made, bool JoinsBytes)
{
    /// <summary>Reads merges.</summary>
    /// <param name="merges">The list.</param>
    /// <param name="vocabulary">Token strings.</param>
    /// <param name="prefix">What tokens inside a word begin with; it goes where two merge.</param>
    public static MergeReader Read(JsonPlace merges, Vocabulary vocabulary, string prefix)
    {
        if (merges.Element.ValueKind != JsonValueKind.Array)
            throw merges.Expected("an array of merges");
        var count = merges.Element.GetArrayLength();
        var table = new MergeTable(count);
        var made = new int[count];
        var bytes = false;
        var rank = 0;
        foreach (var entry in merges.Element.EnumerateArray())
        {
            var (left, right) = Pair(entry, merges, rank);
            made[rank] = Joined(vocabulary, left, right.AsSpan(Math.Min(prefix.Length, right.Length))) ?? Id(left + right[Math.Min(prefix.Length, right.Length)..]);
            table.Add(Id(left), Id(right), new MergeRule(rank, made[rank]));
            bytes |= IsByte(left) || IsByte(right);
            rank++;

            int Id(string token) => vocabulary.IdOf(token)
                ?? throw new MedicalGptException($"{merges.Source}: {merges.Path}[{rank}] \"{left} {right}\" needs the token \"{token}\", which model.vocab lacks.");
        }

        return new MergeReader(table, made, bytes);
    }

    // The token of two texts put together, without making that text.
    private static int? Joined(Vocabulary vocabulary, string left, ReadOnlySpan<char> right)
    {
        if (left.Length + right.Length > 256)
            return null;
        Span<char> whole = stackalloc char[left.Length + right.Length];
        left.CopyTo(whole);
        right.CopyTo(whole[left.Length..]);
        return vocabulary.IdOf(whole);
    }

    private static bool IsByte(string token) => token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>';

    private static (string Left, string Right) Pair(JsonElement merge, JsonPlace merges, int rank)
    {
        if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2 && merge[0].ValueKind == JsonValueKind.String && merge[1].ValueKind == JsonValueKind.String)
            return (merge[0].GetString()!, merge[1].GetString()!);
        var place = new JsonPlace(merge, merges.Source, $"{merges.Path}[{rank}]");
        var text = place.Text();
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank >= 0 && text.IndexOf(' ', blank + 1) < 0 ? (text[..blank], text[(blank + 1)..]) : throw place.Expected("two tokens");
    }
}
