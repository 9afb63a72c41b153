namespace MedicalGpt.Options;

/// <summary>Checks values by descriptor alone, for records whose assembly is not loaded and for tables made at run time (a recipe's inputs).</summary>
internal static class OptionCheck
{
    public static void Check(OptionsDescriptor record, OptionValues values, OptionErrors errors)
    {
        foreach (var option in record.Options.Where(option => option.Required || values.Find(option.Key) is not null))
            Check(option, values, errors);
    }

    private static void Check(OptionDescriptor option, OptionValues values, OptionErrors errors)
    {
        switch (option.Type)
        {
            case OptionType.Boolean:
                Single<bool>(option, values, OptionText.TryBoolean, errors);
                break;
            case OptionType.Integer:
                errors.CheckRange(option, Single<int>(option, values, OptionText.TryInteger, errors));
                break;
            case OptionType.Long:
                errors.CheckRange(option, Single<long>(option, values, OptionText.TryLong, errors));
                break;
            case OptionType.Number:
                errors.CheckRange(option, Single<double>(option, values, OptionText.TryNumber, errors));
                break;
            case OptionType.NumberList:
                CheckRanges(option, values.ReadNullableList<double>(option, [], OptionText.TryNumber, errors), errors);
                break;
            case OptionType.IntegerList:
                CheckRanges(option, values.ReadNullableList<int>(option, [], OptionText.TryInteger, errors)?.Select(item => (double)item), errors);
                break;
            case OptionType.TextList:
                foreach (var item in values.ReadNullableList<string>(option, [], OptionText.TryText, errors) ?? [])
                    CheckText(option, item, errors);
                break;
            case OptionType.Map:
                values.ReadMap(option, null, errors);
                break;
            case OptionType.Choice:
                CheckText(option, Text(option, values, errors) is { } choice ? OptionNames.Normalize(choice) : null, errors);
                break;
            default:
                CheckText(option, Text(option, values, errors), errors);
                break;
        }
    }

    private static T? Single<T>(OptionDescriptor option, OptionValues values, OptionParser<T> parse, OptionErrors errors)
        where T : struct =>
        option.Nullable ? values.ReadNullable(option, null, parse, errors) : values.Read(option, default, parse, errors);

    private static string? Text(OptionDescriptor option, OptionValues values, OptionErrors errors) =>
        option.Nullable ? values.ReadNullableText(option, null, errors) : values.Read<string>(option, "", OptionText.TryText, errors);

    private static void CheckRanges(OptionDescriptor option, IEnumerable<double>? items, OptionErrors errors)
    {
        foreach (var item in items ?? [])
            errors.CheckRange(option, item);
    }

    private static void CheckText(OptionDescriptor option, string? text, OptionErrors errors)
    {
        if (option.AllowedValues.Count > 0)
            errors.CheckAllowed(option, text);
        if (option.MustExist is not null)
            errors.CheckPath(option, text);
    }
}
