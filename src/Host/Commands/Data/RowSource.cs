using MedicalGpt.Data;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Rows named on the command line: a dataset's configuration or a file or folder, with the kind of its rows behind a colon (<c>reward:preference</c>).</summary>
/// <param name="Name">Configuration or path.</param>
/// <param name="Kind">What its rows are.</param>
internal sealed record RowSource(string Name, ExampleKind Kind)
{
    private static readonly Dictionary<string, ExampleKind> Kinds = new(StringComparer.Ordinal)
    {
        ["text"] = ExampleKind.Text,
        ["pretrain"] = ExampleKind.Text,
        ["pt"] = ExampleKind.Text,
        ["conversation"] = ExampleKind.Conversation,
        ["sft"] = ExampleKind.Conversation,
        ["finetune"] = ExampleKind.Conversation,
        ["preference"] = ExampleKind.Preference,
        ["reward"] = ExampleKind.Preference,
        ["dpo"] = ExampleKind.Preference,
        ["orpo"] = ExampleKind.Preference,
        ["unpaired"] = ExampleKind.Unpaired,
        ["kto"] = ExampleKind.Unpaired,
        ["prompt"] = ExampleKind.Prompt,
        ["prompts"] = ExampleKind.Prompt,
        ["grpo"] = ExampleKind.Prompt,
        ["ppo"] = ExampleKind.Prompt,
    };

    /// <summary>True for a file or folder; false for a configuration of a dataset.</summary>
    public bool IsPath => Name.Contains('/', StringComparison.Ordinal) || DataFiles.IsName(Name) || Path.Exists(Name);

    /// <summary>What is asked of the source's dataset: of a path all rows, whatever the split.</summary>
    /// <param name="split">train, validation or test.</param>
    /// <returns>The request.</returns>
    public DatasetRequest Request(string split) => IsPath ? new DatasetRequest(Kind, null, "train") : new DatasetRequest(Kind, Name, split);

    /// <summary>True when the text says what kind of rows the source has.</summary>
    /// <param name="text">A source as written.</param>
    public static bool NamesKind(string text) => (text.LastIndexOf(':') is > 0 and var colon && Kinds.ContainsKey(text[(colon + 1)..])) || Kinds.ContainsKey(text);

    /// <summary>A kind as it is written behind a colon.</summary>
    /// <param name="kind">The kind.</param>
    public static string WordOf(ExampleKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Reads a source. Without a kind it is the configuration's usual one, and text for others.</summary>
    /// <param name="text">For example <c>sft:conversation</c>, <c>sft</c> or <c>corpus.txt</c>.</param>
    /// <param name="usual">The kind of names that say nothing about it.</param>
    /// <returns>The source.</returns>
    /// <exception cref="MedicalGptException">The kind is unknown.</exception>
    public static RowSource Parse(string text, ExampleKind usual = ExampleKind.Text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0)
            return new RowSource(text, Kinds.GetValueOrDefault(text, usual));
        var (name, kind) = (text[..colon], text[(colon + 1)..]);
        return Kinds.TryGetValue(kind, out var known)
            ? new RowSource(name, known)
            : throw new MedicalGptException("A source of rows has an unknown kind.")
            {
                Given = text,
                Allowed = "NAME:text, NAME:conversation, NAME:preference, NAME:unpaired or NAME:prompt",
                Remedy = OptionNames.Nearest(kind, Kinds.Keys) is { } nearest ? $"did you mean '{name}:{nearest}'?" : null,
            };
    }
}
