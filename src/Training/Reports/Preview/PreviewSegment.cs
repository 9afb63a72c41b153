using MedicalGpt.Training.Preferences;

namespace MedicalGpt.Training;

/// <summary>A part of a row as people see it: a document, a prompt, an answer.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Tokens">Its first tokens.</param>
/// <param name="Length">All its tokens.</param>
public sealed record PreviewSegment(string Name, IReadOnlyList<PreviewToken> Tokens, int Length)
{
    private const int BytesOfACharacter = 4;

    /// <summary>The parts of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="encoder">Decodes tokens.</param>
    /// <param name="most">Most tokens of a part.</param>
    /// <returns>Parts in order.</returns>
    public static IReadOnlyList<PreviewSegment> Of(EncodedExample row, IExampleEncoder encoder, int most) =>
        [.. row.Segments.Select((segment, i) => new PreviewSegment(NameOf(row, i), First(segment, encoder, most), segment.Ids.Length))];

    private static string NameOf(EncodedExample row, int index) => row switch
    {
        PreferenceRow pair when index == pair.Rejected => "rejected",
        PreferenceRow pair when index == pair.Chosen => "chosen",
        PreferenceRow => "prompt",
        _ when row.Segments.Count == 1 => "row",
        _ => FormattableString.Invariant($"document {index + 1} of {row.Segments.Count}"),
    };

    // A character may be spread over tokens: its text stands at the last of them.
    private static List<PreviewToken> First(Segment segment, IExampleEncoder encoder, int most)
    {
        var tokens = new List<PreviewToken>();
        var open = new List<int>();
        for (var t = 0; t < Math.Min(most, segment.Ids.Length); t++)
        {
            open.Add(segment.Ids[t]);
            var text = encoder.DecodeAll(open);
            var goesOn = text.EndsWith('\uFFFD') && open.Count < BytesOfACharacter && t + 1 < segment.Ids.Length;
            tokens.Add(new PreviewToken(segment.Ids[t], goesOn ? "" : text, segment.Learned is { } learned && learned[t]));
            if (!goesOn)
                open.Clear();
        }

        return tokens;
    }
}
