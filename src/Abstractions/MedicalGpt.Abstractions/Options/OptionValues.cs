namespace MedicalGpt.Options;

/// <summary>Resolved settings by key, read as types by generated code.</summary>
/// <param name="settings">The winning setting of each key, in snake_case. Entries of a map have the key <c>columns.question</c>.</param>
public sealed class OptionValues(IReadOnlyDictionary<string, OptionSetting> settings)
{
    /// <summary>The winning setting of a key; null where no layer gives it. For a map, its first entry.</summary>
    /// <param name="key">A key in snake_case.</param>
    public OptionSetting? Find(string key) => settings.GetValueOrDefault(key) ?? Entries(key).FirstOrDefault().Value;

    /// <summary>Reads a value.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The record's default.</param>
    /// <param name="parse">Reads the text.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public T Read<T>(OptionDescriptor option, T fallback, OptionParser<T> parse, OptionErrors errors)
        where T : notnull
    {
        var text = Single(option, errors);
        if (text is null)
            return fallback;
        if (parse(text, out var value))
            return value;
        errors.Refuse(option, text);
        return fallback;
    }

    /// <summary>Reads a value that may be <c>none</c>.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The record's default.</param>
    /// <param name="parse">Reads the text.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public T? ReadNullable<T>(OptionDescriptor option, T? fallback, OptionParser<T> parse, OptionErrors errors)
        where T : struct
    {
        var text = Single(option, errors);
        if (text is null)
            return fallback;
        if (OptionList.IsNone(text))
            return null;
        if (parse(text, out var value))
            return value;
        errors.Refuse(option, text);
        return fallback;
    }

    /// <summary>Reads a text that may be <c>none</c>.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The record's default.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public string? ReadNullableText(OptionDescriptor option, string? fallback, OptionErrors errors)
    {
        var text = Single(option, errors);
        return text is null ? fallback : OptionList.IsNone(text) ? null : text;
    }

    /// <summary>Reads a list: several items, or one text that is split at its commas; an empty text is an empty list.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The record's default.</param>
    /// <param name="parse">Reads one item.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public T[] ReadList<T>(OptionDescriptor option, T[] fallback, OptionParser<T> parse, OptionErrors errors)
        where T : notnull
    {
        if (Given(option, errors) is not { } setting)
            return fallback;
        var list = new List<T>();
        foreach (var item in OptionList.Items(setting))
        {
            if (parse(item, out var value))
                list.Add(value);
            else
                errors.Refuse(option, item);
        }

        return [.. list];
    }

    /// <summary>Reads a list that may be <c>none</c>.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The record's default.</param>
    /// <param name="parse">Reads one item.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public T[]? ReadNullableList<T>(OptionDescriptor option, T[]? fallback, OptionParser<T> parse, OptionErrors errors)
        where T : notnull
    {
        if (Given(option, errors) is not { } setting)
            return fallback;
        return setting is { IsList: false, Items: [var only] } && OptionList.IsNone(only) ? null : ReadList(option, [], parse, errors);
    }

    /// <summary>Reads texts by name; entries of layers are merged over the default's.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The record's default.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public IReadOnlyDictionary<string, string> ReadMap(OptionDescriptor option, IReadOnlyDictionary<string, string>? fallback, OptionErrors errors)
    {
        var map = new Dictionary<string, string>(fallback ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        var any = false;
        foreach (var (name, setting) in Entries(option.Key))
        {
            map[name] = setting.Text;
            any = true;
        }

        if (!any)
            Given(option, errors);
        return map;
    }

    private string? Single(OptionDescriptor option, OptionErrors errors)
    {
        if (Given(option, errors) is not { } setting)
            return null;
        if (setting.Items.Count == 1)
            return setting.Items[0];
        errors.Refuse(option, setting.Text, $"{setting.Items.Count} values given, one expected");
        return null;
    }

    private OptionSetting? Given(OptionDescriptor option, OptionErrors errors)
    {
        var setting = settings.GetValueOrDefault(option.Key);
        if (option.Required && (setting is null || setting.Items.All(string.IsNullOrWhiteSpace)))
        {
            errors.Add(new OptionError(option.Key, "required but not given") { Allowed = OptionText.Allowed(option) });
            return null;
        }

        return setting;
    }

    /// <summary>Entries of a map by their names, in order of name.</summary>
    internal IEnumerable<KeyValuePair<string, OptionSetting>> Entries(string key) =>
        settings
            .Where(entry => entry.Key.Length > key.Length + 1 && entry.Key[key.Length] == '.' && entry.Key.StartsWith(key, StringComparison.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key[(key.Length + 1)..], entry.Value));
}
