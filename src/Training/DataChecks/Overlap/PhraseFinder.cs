namespace MedicalGpt.Training.DataChecks;

/// <summary>
/// Finds which of many phrases occur in a text, in one pass over it (Rabin-Karp): the beginning of a phrase, 24 or 8 characters of it, is looked up by a rolling hash, and the rest compared where it is met.
/// A phrase does not occur from within a number: "0.2 L" does not hold "2 L".
/// </summary>
internal sealed class PhraseFinder
{
    private const ulong Base = 0x9E3779B97F4A7C15;
    private static readonly int[] Windows = [24, 8, 7, 6, 5, 4, 3, 2, 1];
    private readonly Dictionary<int, Dictionary<ulong, List<int>>> byWindow = [];
    private readonly List<string> phrases = [];

    /// <summary>Adds a phrase, normalised.</summary>
    /// <returns>Its number, from 0.</returns>
    public int Add(string phrase)
    {
        var number = phrases.Count;
        phrases.Add(phrase);
        if (phrase.Length == 0)
            return number;
        var window = Array.Find(Windows, length => length <= phrase.Length);
        if (!byWindow.TryGetValue(window, out var starts))
            byWindow[window] = starts = [];
        var hash = 0UL;
        for (var i = 0; i < window; i++)
            hash = (hash * Base) + phrase[i];
        if (!starts.TryGetValue(hash, out var numbers))
            starts[hash] = numbers = [];
        numbers.Add(number);
        return number;
    }

    /// <summary>The numbers of the phrases that occur in a normalised text.</summary>
    public IReadOnlySet<int> Find(string text)
    {
        var found = new HashSet<int>();
        foreach (var (window, starts) in byWindow)
        {
            var dropped = 1UL;
            for (var i = 1; i < window; i++)
                dropped *= Base;
            var hash = 0UL;
            for (var i = 0; i < text.Length; i++)
            {
                if (i >= window)
                    hash -= text[i - window] * dropped;
                hash = (hash * Base) + text[i];
                if (i >= window - 1 && starts.TryGetValue(hash, out var numbers))
                    AddOccurring(text, i - window + 1, numbers, found);
            }
        }

        return found;
    }

    private static bool IsNumeric(char character) => char.IsDigit(character) || character == '.';

    private void AddOccurring(string text, int at, List<int> numbers, HashSet<int> found)
    {
        foreach (var number in numbers)
        {
            var phrase = phrases[number];
            if (text.AsSpan(at).StartsWith(phrase, StringComparison.Ordinal) && (at == 0 || !IsNumeric(phrase[0]) || !IsNumeric(text[at - 1])))
                found.Add(number);
        }
    }
}
