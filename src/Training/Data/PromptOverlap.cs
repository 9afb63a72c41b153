using MedicalGpt.Data;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Data;

/// <summary>
/// Finds held-out prompts in training rows. Texts are compared in normal form C, in lower case, with runs of white space as one space;
/// a prompt is its last user turn, and it occurs in a row when any text of the row contains it. Time is linear in the training text.
/// </summary>
public sealed class PromptOverlap
{
    private const int AnchorLimit = 24;
    private readonly NfcNormalizer _normalizer = new();
    private readonly List<(string Text, RowOrigin Origin)> _prompts = [];
    private readonly Dictionary<string, List<int>> _byAnchor = [];
    private readonly HashSet<int> _found = [];
    private readonly List<PromptOccurrence> _occurrences = [];
    private int _anchor = AnchorLimit;

    /// <summary>Takes the prompts to look for.</summary>
    /// <param name="heldOut">Held-out rows of any kind.</param>
    /// <exception cref="MedicalGptException">A row has no text to look for.</exception>
    public PromptOverlap(IEnumerable<Example> heldOut)
    {
        foreach (var example in heldOut)
        {
            var prompt = Normalize(PromptOf(example));
            if (prompt.Length == 0)
                throw new MedicalGptException($"{example.Origin}: the held-out row has no prompt in words, so it cannot be looked for in training rows.");
            _prompts.Add((prompt, example.Origin));
            _anchor = Math.Min(_anchor, prompt.Length);
        }

        for (var i = 0; i < _prompts.Count; i++)
        {
            var anchor = _prompts[i].Text[.._anchor];
            if (!_byAnchor.TryGetValue(anchor, out var list))
                _byAnchor.Add(anchor, list = []);
            list.Add(i);
        }
    }

    /// <summary>Held-out prompts.</summary>
    public int PromptCount => _prompts.Count;

    /// <summary>Prompts that occur in the rows seen so far.</summary>
    public int FoundCount => _found.Count;

    /// <summary>Where each prompt was found first.</summary>
    public IReadOnlyList<PromptOccurrence> Occurrences => _occurrences;

    /// <summary>Looks through training rows.</summary>
    /// <param name="training">Rows of any kind; rows that are token ids have no text and are passed over.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>When all rows were seen.</returns>
    public async Task SearchAsync(IAsyncEnumerable<Example> training, CancellationToken cancellationToken = default)
    {
        await foreach (var example in training.WithCancellation(cancellationToken))
            foreach (var text in TextsOf(example))
                Search(Normalize(text), example.Origin);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{FoundCount} of {PromptCount} held-out prompts occur in the training files";

    private void Search(string text, RowOrigin origin)
    {
        var anchors = _byAnchor.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start + _anchor <= text.Length && _found.Count < _prompts.Count; start++)
        {
            if (!anchors.TryGetValue(text.AsSpan(start, _anchor), out var candidates))
                continue;
            foreach (var candidate in candidates)
                if (text.AsSpan(start).StartsWith(_prompts[candidate].Text, StringComparison.Ordinal) && _found.Add(candidate))
                    _occurrences.Add(new PromptOccurrence(_prompts[candidate].Text, _prompts[candidate].Origin, origin));
        }
    }

    private string Normalize(string text) =>
        string.Join(' ', _normalizer.Normalize(text).Text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string PromptOf(Example example) => example switch
    {
        Prompt p => LastUser(p.Messages),
        PreferencePair p => LastUser(p.Prompt),
        Conversation c => LastUser(c.Messages),
        PromptCompletion p => p.Prompt,
        PlainText t => t.Text,
        _ => "",
    };

    private static string LastUser(IReadOnlyList<Message> messages) => messages.LastOrDefault(m => m.Role == Roles.User)?.Content ?? "";

    private static IEnumerable<string> TextsOf(Example example) => example switch
    {
        Prompt p => p.Messages.Select(m => m.Content),
        PreferencePair p => [.. p.Prompt.Select(m => m.Content), p.Chosen, p.Rejected],
        Conversation c => c.Messages.Select(m => m.Content),
        PromptCompletion p => [p.Prompt, p.Completion],
        PlainText t => [t.Text],
        _ => [],
    };
}
