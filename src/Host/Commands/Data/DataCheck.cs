using System.Globalization;
using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>The result of a check.</summary>
/// <param name="Sources">Training sources.</param>
/// <param name="HeldOutPrompts">Different held-out prompts.</param>
internal sealed record DataCheck(IReadOnlyList<SourceCheck> Sources, int HeldOutPrompts)
{
    /// <summary>Held-out prompts that occur in any source.</summary>
    public int OverlapCount => Sources.SelectMany(source => source.Overlap).Distinct(StringComparer.Ordinal).Count();

    /// <summary>True when no held-out prompt occurs in training rows.</summary>
    public bool IsClean => OverlapCount == 0;

    /// <summary>Checks rows.</summary>
    /// <param name="training">Training rows by source.</param>
    /// <param name="heldOut">Held-out rows by source.</param>
    /// <returns>The result.</returns>
    public static DataCheck Run(IReadOnlyList<(RowSource Source, IReadOnlyList<Example> Rows)> training, IReadOnlyList<(RowSource Source, IReadOnlyList<Example> Rows)> heldOut)
    {
        var prompts = heldOut.SelectMany(held => held.Rows).Select(Asked).OfType<Prompt>().DistinctBy(prompt => PromptOverlap.Normalise(prompt.Messages[0].Content)).ToList();
        return new DataCheck(
            [.. training.Select(train => new SourceCheck(
                train.Source.Name,
                train.Source.Kind,
                train.Rows.Count,
                train.Rows.SelectMany(ExampleTexts.Of).Sum(text => (long)text.Length),
                PromptOverlap.Find(prompts, train.Rows),
                Baselines(train.Rows, [.. heldOut.Where(held => held.Source == train.Source).SelectMany(held => held.Rows)])))],
            prompts.Count);
    }

    /// <summary>The result for people.</summary>
    /// <returns>Lines.</returns>
    public IEnumerable<string> Lines()
    {
        foreach (var source in Sources)
            yield return string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {source.Rows:N0} {source.Kind.ToString().ToLowerInvariant()} rows, {source.Characters:N0} characters{(source.Overlap.Count > 0 ? $", {source.Overlap.Count} held-out prompts occur in them" : "")}");
        foreach (var source in Sources.Where(source => source.Baselines is not null))
            yield return string.Create(CultureInfo.InvariantCulture, $"{source.Name}: by length alone {source.Baselines!.LengthOnly:0.000}, by format alone {source.Baselines.FormatOnly:0.000} of {source.Baselines.Pairs} pairs are told apart (0.5 = chance)");
        yield return HeldOutPrompts == 0 ? "no held-out rows were named, so nothing was looked for (--held-out)" : $"{OverlapCount} of {HeldOutPrompts} held-out prompts occur in any stage's rows";
    }

    /// <summary>The result for programs.</summary>
    /// <returns>JSON.</returns>
    public JsonObject ToJson() => new()
    {
        ["held_out_prompts"] = HeldOutPrompts,
        ["overlap"] = OverlapCount,
        ["sources"] = new JsonArray([.. Sources.Select(source => (JsonNode)new JsonObject
        {
            ["name"] = source.Name,
            ["kind"] = source.Kind.ToString().ToLowerInvariant(),
            ["rows"] = source.Rows,
            ["characters"] = source.Characters,
            ["overlap"] = new JsonArray([.. source.Overlap.Select(prompt => (JsonNode)prompt)]),
            ["length_only"] = source.Baselines?.LengthOnly,
            ["format_only"] = source.Baselines?.FormatOnly,
        })]),
    };

    private static PreferenceBaselines? Baselines(IReadOnlyList<Example> rows, List<Example> heldOut)
    {
        var pairs = (heldOut.Count > 0 ? heldOut : rows).OfType<PreferencePair>().ToList();
        return pairs.Count > 0 ? PreferenceBaselines.Of(pairs) : null;
    }

    /// <summary>What is asked in a held-out row, as one turn; null where nothing is.</summary>
    private static Prompt? Asked(Example row)
    {
        var text = row switch
        {
            Prompt prompt => Join(prompt.Messages),
            PreferencePair pair => Join(pair.Prompt),
            Conversation conversation => Join(conversation.Messages.TakeWhile(message => message.Role != Roles.Assistant)),
            PromptCompletion completion => completion.Prompt,
            _ => null,
        };
        return text is null ? null : new Prompt([new Message(Roles.User, text)], new Dictionary<string, string>()) { Origin = row.Origin };
    }

    private static string Join(IEnumerable<Message> messages) => string.Join('\n', messages.Select(message => message.Content));
}
