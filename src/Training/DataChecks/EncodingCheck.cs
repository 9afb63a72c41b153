namespace MedicalGpt.Training.DataChecks;

/// <summary>Text that was decoded wrongly somewhere on its way: replacement characters, UTF-8 read as Latin-1 or as GBK, control characters.</summary>
internal sealed class EncodingCheck : IRowCheck
{
    private readonly Places replaced = new(), latin = new(), gbk = new(), control = new();

    public void Add(CheckedRow row)
    {
        foreach (var (field, text) in row.Texts)
        {
            if (text.Contains('\uFFFD'))
                replaced.Add(row.Origin, $"{field}: {Mojibake.Around(text, text.IndexOf('\uFFFD'))}");
            if (Mojibake.AsLatin1(text) is >= 0 and var at)
                latin.Add(row.Origin, $"{field}: {Mojibake.Around(text, at)}");
            if (Mojibake.AsGbk(text) is >= 0 and var there)
                gbk.Add(row.Origin, $"{field}: {Mojibake.Around(text, there)}");
            if (Mojibake.Control(text) is >= 0 and var sign)
                control.Add(row.Origin, FormattableString.Invariant($"{field}: U+{(int)text[sign]:X4}"));
        }
    }

    public IEnumerable<DataFinding> Findings(long rows) =>
        replaced.Finding("replacement_characters", replaced.BadAbove(0.5, rows), "texts hold U+FFFD (\uFFFD): characters were lost when they were decoded", "get the text again from its source")
            .Concat(latin.Finding("mojibake_latin1", latin.BadAbove(0.5, rows), "texts look like UTF-8 that was read as Latin-1 (Ã©, â€™)", "decode them again: encode as Latin-1 (Windows-1252), decode as UTF-8"))
            .Concat(gbk.Finding("mojibake_gbk", gbk.BadAbove(0.5, rows), "texts look like UTF-8 that was read as GBK (锟斤拷, 鐨勬)", "decode them again: encode as GB18030, decode as UTF-8; 锟斤拷 cannot be brought back"))
            .Concat(control.Finding("control_characters", FindingSeverity.Warning, "texts hold control characters", "remove them; they become tokens of their own"));
}
