using MedicalGpt.Data;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Looks at rows as they pass, once, with bounded memory: counts them and runs every check. Held-out rows come first.</summary>
public sealed class DataChecker
{
    private const int PairsCompared = 20_000;
    private readonly DataCheckSettings settings;
    private readonly Dictionary<string, SourceCounts> sources = new(StringComparer.Ordinal);
    private readonly OverlapCheck overlap;
    private readonly List<IRowCheck> checks;
    private readonly List<PreferencePair> pairs = [];
    private readonly Places refused = new();
    private readonly SortedDictionary<string, Places> leftOut = new(StringComparer.Ordinal);
    private SourceCounts? last;
    private long rows;

    /// <summary>Sets the checks up.</summary>
    /// <param name="settings">What is looked for.</param>
    public DataChecker(DataCheckSettings settings)
    {
        this.settings = settings;
        overlap = new OverlapCheck(settings.RememberedNear);
        checks = settings.CountOnly ? [] : [new EmptyTextCheck(), new DuplicateRowCheck(settings.Remembered), new PairCheck(), new EncodingCheck(), new LengthCheck(settings.MaxTokens, settings.VocabularySize), overlap];
        if (settings is { PersonalData: true, CountOnly: false })
            checks.Add(new PersonalDataCheck());
        if (settings is { NearDuplicates: true, CountOnly: false })
            checks.Add(new NearDuplicateRowCheck(settings.RememberedNear));
    }

    /// <summary>Remembers a held-out row, whose prompt must not occur in the rows that follow.</summary>
    /// <param name="row">The row.</param>
    public void AddHeldOut(Example row) => overlap.AddHeldOut(row);

    /// <summary>Looks at a row.</summary>
    /// <param name="row">The row.</param>
    public void Add(Example row)
    {
        rows++;
        var seen = Encoded(row);
        Count(seen);
        foreach (var check in checks)
            check.Add(seen);
        if (row is PreferencePair pair && pairs.Count < PairsCompared)
            pairs.Add(pair);
    }

    /// <summary>What was found so far.</summary>
    /// <returns>The report; findings with the worst first.</returns>
    public DataReport Report() => new([.. sources.Values], [.. Refused().Concat(LeftOut()).Concat(checks.SelectMany(check => check.Findings(rows))).OrderByDescending(finding => finding.Severity)])
    {
        HeldOutPrompts = overlap.HeldOut,
        HeldOutMet = overlap.Met,
        Baselines = pairs.Count > 0 ? PreferenceBaselines.Of(pairs) : null,
    };

    private IEnumerable<DataFinding> Refused() => refused.Finding("not_encodable", FindingSeverity.Error, "rows are refused by the chat template or tokenizer", "mend or remove them, or name another template (--template-name)");

    private IEnumerable<DataFinding> LeftOut() =>
        leftOut.SelectMany(what => what.Value.Finding("left_out_by_template", FindingSeverity.Warning, $"rows have {what.Key}, which the chat template leaves out", "name a template that writes it (--template_name), or take it out of the rows"));

    private CheckedRow Encoded(Example row)
    {
        try
        {
            var seen = CheckedRow.Of(row, settings.Encoder);
            foreach (var what in (settings.Encoder as ITemplateOmissions)?.TakeOmissions() ?? [])
                (leftOut.TryGetValue(what, out var places) ? places : leftOut[what] = new Places()).Add(row.Origin);
            return seen;
        }
        catch (MedicalGptException error)
        {
            refused.Add(row.Origin, error.Message);
            return CheckedRow.Of(row, encoder: null);
        }
    }

    private void Count(CheckedRow row)
    {
        var name = row.Origin.Source ?? "";
        if (last?.Name != name && !sources.TryGetValue(name, out last))
            sources[name] = last = new SourceCounts(name);
        var counts = last!;
        var kind = KindOf(row.Example);
        counts.Kinds[kind] = (counts.Kinds.TryGetValue(kind, out var before) ? before : 0) + 1;
        foreach (var message in Messages(row.Example))
            counts.Roles[message.Role] = (counts.Roles.TryGetValue(message.Role, out var turns) ? turns : 0) + 1;
        counts.Characters.Add(row.Characters);
        foreach (var text in row.Texts)
            foreach (var character in text.Text)
                counts.EastAsian += character is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') ? 1 : 0;
        if (row.Tokens is not { } tokens)
            return;
        counts.Tokens.Add(tokens.Length);
        counts.Learned += tokens.Learned;
    }

    private static IReadOnlyList<Message> Messages(Example row) => row switch
    {
        Conversation dialogue => dialogue.Messages,
        PreferencePair pair => pair.Prompt,
        UnpairedExample unpaired => unpaired.Prompt,
        Prompt prompt => prompt.Messages,
        _ => [],
    };

    private static string KindOf(Example row) => row switch
    {
        PlainText => "texts",
        Conversation => "dialogues",
        PromptCompletion => "prompts with completion",
        PreferencePair => "preference pairs",
        UnpairedExample => "unpaired answers",
        Prompt => "prompts",
        _ => "rows of token ids",
    };
}
