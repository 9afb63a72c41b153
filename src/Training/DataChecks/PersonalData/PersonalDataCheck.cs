using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Likely personal data. Places are named, what stands there is not repeated.</summary>
internal sealed class PersonalDataCheck : IRowCheck
{
    private static readonly (PersonalDataKind Kind, string Code, string Text)[] Kinds =
    [
        (PersonalDataKind.ChineseId, "chinese_id_numbers", "Chinese identity numbers with a right check digit"),
        (PersonalDataKind.Phone, "phone_numbers", "likely telephone numbers"),
        (PersonalDataKind.Email, "email_addresses", "e-mail addresses"),
        (PersonalDataKind.RecordNumber, "record_numbers", "medical record numbers"),
        (PersonalDataKind.SocialSecurity, "social_security_numbers", "likely social security numbers"),
    ];

    private readonly Dictionary<PersonalDataKind, Places> found = [];

    public void Add(CheckedRow row)
    {
        foreach (var (field, text) in row.Texts.Concat(Beside(row.Example)))
        {
            foreach (var span in PersonalDataScanner.Find(text))
            {
                if (!found.TryGetValue(span.Kind, out var places))
                    found[span.Kind] = places = new Places();
                places.Add(row.Origin, FormattableString.Invariant($"{field}, character {span.Start + 1}"));
            }
        }
    }

    public IEnumerable<DataFinding> Findings(long rows) => Kinds.Where(kind => found.ContainsKey(kind.Kind)).SelectMany(kind =>
        found[kind.Kind].Finding(kind.Code, FindingSeverity.Warning, kind.Text + " are in the texts; a model may repeat them", "medgpt data convert --mask-personal-data replaces them by marks"));

    // What other checks need not see, and masking does: names of speakers, and the tools.
    private static IEnumerable<RowText> Beside(Example example) => example switch
    {
        Conversation row => Names(row.Messages).Append(Tools(row.ToolsJson)),
        PreferencePair row => Names(row.Prompt).Concat(Names(row.Chosen, "chosen, ")).Concat(Names(row.Rejected, "rejected, ")).Append(Tools(row.ToolsJson)),
        UnpairedExample row => Names(row.Prompt).Concat(Names(row.Completion, "completion, ")).Append(Tools(row.ToolsJson)),
        Prompt row => Names(row.Messages).Append(Tools(row.ToolsJson)),
        _ => [],
    };

    private static IEnumerable<RowText> Names(IReadOnlyList<Message> messages, string where = "") => messages.Select((message, i) => new RowText($"{where}turn {i + 1} ({message.Role}), name", message.Name ?? ""));

    private static RowText Tools(string? json) => new("tools", json ?? "");
}
