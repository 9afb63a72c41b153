using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>
/// Held-out prompts (or, of plain text, documents) that occur in training rows, word for word after normalisation or nearly. Held-out rows are added first; then training rows pass.
/// Memory grows with the held-out rows only, up to a bound; time with the text that passes.
/// </summary>
/// <param name="most">Most held-out rows that are remembered.</param>
internal sealed class OverlapCheck(int most) : IRowCheck
{
    /// <summary>Least similarity of prompts that are called nearly the same.</summary>
    public const double Threshold = 0.8;

    private readonly Dictionary<string, int> exact = new(StringComparer.Ordinal);
    private readonly List<(string Text, RowOrigin Origin)> heldOut = [];
    private readonly PhraseFinder phrases = new();
    private readonly NearDuplicateIndex near = new(most, Threshold);
    private readonly List<int> nearNumbers = [];
    private readonly HashSet<int> met = [], nearlyMet = [];
    private readonly Places places = new(), nearPlaces = new();

    /// <summary>Different held-out prompts.</summary>
    public int HeldOut => heldOut.Count;

    /// <summary>Different held-out prompts that occur in training rows.</summary>
    public int Met => met.Count;

    /// <summary>The held-out prompts that occur in training rows, as written.</summary>
    public IEnumerable<string> MetPrompts => met.Order().Select(number => heldOut[number].Text);

    /// <summary>True when held-out rows were left out for want of room.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Remembers a held-out row.</summary>
    public void AddHeldOut(Example row)
    {
        if (TextOf(row) is not { } text || PromptOverlap.Normalise(text) is not { Length: > 0 } normal)
            return;
        if (heldOut.Count == most)
            IsFull = true;
        if (heldOut.Count == most || !exact.TryAdd(normal, heldOut.Count))
            return;
        heldOut.Add((text, row.Origin));
        phrases.Add(normal);
        if (MinHasher.Of(normal) is { } signature && near.Add(signature) >= 0)
            nearNumbers.Add(heldOut.Count - 1);
    }

    public void Add(CheckedRow row)
    {
        if (heldOut.Count == 0 || TextOf(row.Example) is not { } text)
            return;
        var normal = PromptOverlap.Normalise(text);
        if (exact.TryGetValue(normal, out var number))
        {
            Meet(number, row.Origin);
        }
        else if (row.Example is PlainText && phrases.Find(normal) is { Count: > 0 } found)
        {
            foreach (var one in found)
                Meet(one, row.Origin);
        }
        else if (MinHasher.Of(normal) is { } signature && near.Nearest(signature) is { Number: >= 0 } nearest)
        {
            var other = nearNumbers[nearest.Number];
            nearlyMet.Add(other);
            nearPlaces.Add(row.Origin, FormattableString.Invariant($"{nearest.Similarity:P0} like {heldOut[other].Origin}"));
        }
    }

    public IEnumerable<DataFinding> Findings(long rows)
    {
        foreach (var finding in places.Finding("held_out_rows_in_training", FindingSeverity.Error, FormattableString.Invariant($"training rows hold {met.Count:N0} of {heldOut.Count:N0} held-out prompts, so results on them say nothing"), "remove the rows from the training data, or hold out others"))
            yield return finding;
        foreach (var finding in nearPlaces.Finding("held_out_rows_nearly_in_training", FindingSeverity.Warning, FormattableString.Invariant($"training rows are nearly the same as {nearlyMet.Count:N0} of {heldOut.Count:N0} held-out prompts"), "look at them; questions that differ in one value may be meant, reworded ones are not"))
            yield return finding;
        if (IsFull || near.IsFull)
            yield return new DataFinding("overlap_unchecked", FindingSeverity.Note, 0, FormattableString.Invariant($"held-out rows beyond the first {most:N0} were not compared"), "", []);
    }

    private static string? TextOf(Example row) => row is PlainText text ? text.Text : PromptOverlap.PromptOf(row);

    private void Meet(int number, RowOrigin origin)
    {
        met.Add(number);
        places.Add(origin, $"is {heldOut[number].Origin}");
    }
}
