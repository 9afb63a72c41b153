namespace MedicalGpt.Options;

/// <summary>The options of one command: the records that share its flags, such as trainer, algorithm and dataset.</summary>
public sealed class OptionSet
{
    private readonly Dictionary<string, (OptionsDescriptor Record, OptionDescriptor Option)> _names = new(StringComparer.Ordinal);

    /// <summary>Puts records together.</summary>
    /// <param name="records">The records, in the order in which help lists them.</param>
    /// <exception cref="MedicalGptException">Two records claim one name.</exception>
    public OptionSet(params IReadOnlyList<OptionsDescriptor> records)
    {
        Records = records;
        foreach (var record in records)
        {
            foreach (var option in record.Options)
            {
                foreach (var name in option.Aliases.Prepend(option.Key))
                    Claim(name, record, option);
            }
        }
    }

    /// <summary>The records.</summary>
    public IReadOnlyList<OptionsDescriptor> Records { get; }

    /// <summary>Every option of every record.</summary>
    public IEnumerable<OptionDescriptor> Options => Records.SelectMany(record => record.Options);

    /// <summary>Names of the presets that may be chosen: <c>medgpt</c> (the defaults), <c>trl</c>, and those that records declare.</summary>
    public IReadOnlyList<string> PresetNames =>
        [.. new[] { OptionResolver.DefaultPreset, "trl" }.Concat(Records.SelectMany(record => record.Presets).Select(preset => preset.Preset)).Distinct()];

    /// <summary>The option with this name; null where there is none.</summary>
    /// <param name="name">A key, alias or flag, in snake_case or kebab-case.</param>
    public OptionDescriptor? Find(string name) => _names.GetValueOrDefault(OptionNames.Normalize(name)).Option;

    /// <summary>The record that owns the option with this name; null where there is none.</summary>
    /// <param name="name">A key, alias or flag, in snake_case or kebab-case.</param>
    public OptionsDescriptor? OwnerOf(string name) => _names.GetValueOrDefault(OptionNames.Normalize(name)).Record;

    /// <summary>The entry for a name that is accepted without effect; null where it is none.</summary>
    /// <param name="name">The name, in snake_case or kebab-case.</param>
    public AcceptedOption? FindAccepted(string name)
    {
        var key = OptionNames.Normalize(name);
        return Records.SelectMany(record => record.AcceptedWithoutEffect).FirstOrDefault(accepted => accepted.Key == key);
    }

    /// <summary>The error for an unknown name, with the nearest known one; null where the name is known or accepted.</summary>
    /// <param name="setting">The setting as a layer gives it.</param>
    public OptionError? Unknown(OptionSetting setting)
    {
        var (key, entry) = Split(setting.Name);
        var option = Find(key);
        if (option is not null && (entry is null || option.Type == OptionType.Map))
            return null;
        if (FindAccepted(key) is not null)
            return null;
        if (option is not null)
            return new OptionError($"{option.Key}.{entry}", "takes one value, not values by name") { Source = setting.Source, Allowed = OptionText.Allowed(option) };
        var nearest = OptionNames.Nearest(key, _names.Keys);
        return new OptionError(key, "unknown option")
        {
            Source = setting.Source,
            Remedy = nearest is null ? null : $"did you mean {OptionNames.Flag(nearest)}?",
        };
    }

    /// <summary>Splits <c>--columns.question</c> into the normalised key and the entry's name.</summary>
    internal static (string Key, string? Entry) Split(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (OptionNames.Normalize(name), null) : (OptionNames.Normalize(name[..dot]), name[(dot + 1)..]);
    }

    private void Claim(string name, OptionsDescriptor record, OptionDescriptor option)
    {
        if (_names.TryAdd(name, (record, option)))
            return;
        var other = _names[name].Record;
        throw new MedicalGptException($"Two options records claim the name '{name}'.")
        {
            Place = $"option {OptionNames.Flag(name)}",
            Given = $"{other.TypeName} ('{other.Name}') and {record.TypeName} ('{record.Name}')",
            Allowed = "one owner for each key and alias of a command",
            Remedy = "rename the option in the plugin that came later, or set another default for the existing one with [StageDefault]",
        };
    }
}
