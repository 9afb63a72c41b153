namespace MedicalGpt.Options;

/// <summary>Help about a set of records as data; the command line lays it out.</summary>
public static class OptionHelp
{
    /// <summary>One row for each option of a record that is not hidden; defaults are those of the stage.</summary>
    /// <param name="set">The records of the command.</param>
    /// <param name="record">The record to list.</param>
    public static IReadOnlyList<OptionHelpRow> Rows(OptionSet set, OptionsDescriptor record)
    {
        var stageDefaults = set.Records.SelectMany(other => other.StageDefaults).ToLookup(item => item.Key, item => item.Value);
        return [.. record.Options.Where(option => !option.Hidden).Select(option => new OptionHelpRow
        {
            Flag = option.Flag,
            Aliases = [.. option.Aliases.Select(OptionNames.Flag)],
            Type = TypeWord(option),
            Default = stageDefaults[option.Key].FirstOrDefault() ?? (option.Required ? "required" : option.Default ?? ""),
            Unit = option.Unit ?? "",
            Range = OptionText.Range(option) ?? "",
            Description = option.Summary,
        })];
    }

    /// <summary>The names that are accepted without effect, with the reasons.</summary>
    /// <param name="set">The records of the command.</param>
    public static IReadOnlyList<AcceptedOption> Accepted(OptionSet set) =>
        [.. set.Records.SelectMany(record => record.AcceptedWithoutEffect).DistinctBy(accepted => accepted.Key)];

    private static string TypeWord(OptionDescriptor option) => option.Type switch
    {
        OptionType.Boolean => "bool",
        OptionType.Integer or OptionType.Long => "int",
        OptionType.Number => "number",
        OptionType.Map => "name=text",
        OptionType.NumberList or OptionType.IntegerList => "numbers",
        OptionType.TextList => option.AllowedValues.Count > 0 ? string.Join('|', option.AllowedValues) + ",..." : "texts",
        _ => option.AllowedValues.Count > 0 ? string.Join('|', option.AllowedValues) : option.MustExist is null ? "text" : "path",
    };
}
