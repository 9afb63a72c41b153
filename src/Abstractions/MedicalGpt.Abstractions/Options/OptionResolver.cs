namespace MedicalGpt.Options;

/// <summary>Merges layers into one value for each option.</summary>
public static class OptionResolver
{
    /// <summary>The preset that stands for the defaults.</summary>
    public const string DefaultPreset = "medgpt";

    private const string PresetKey = "preset";

    /// <summary>Merges record defaults &lt; stage defaults &lt; preset &lt; the given layers, the last of which wins.</summary>
    /// <param name="set">The records of the command.</param>
    /// <param name="layers">Recipe, environment, command line: lowest first.</param>
    /// <param name="preset">Name of the preset; null takes the option <c>preset</c> where a record has one, else <c>medgpt</c>.</param>
    public static OptionResolution Resolve(OptionSet set, IReadOnlyList<OptionLayer> layers, string? preset = null)
    {
        var errors = new List<OptionError>();
        var notices = new List<string>();
        var given = layers.Select(layer => Read(set, layer, errors, notices)).ToList();
        var chosen = given.Select(layer => layer.GetValueOrDefault(PresetKey)).LastOrDefault(setting => setting is not null);
        var name = preset ?? chosen?.Text ?? set.Find(PresetKey)?.Default ?? DefaultPreset;
        if (!set.PresetNames.Contains(name))
            errors.Add(new OptionError(PresetKey) { Given = name, Source = chosen?.Source, Allowed = "one of " + string.Join(", ", set.PresetNames) });

        var merged = new Dictionary<string, OptionSetting>(StringComparer.Ordinal);
        IEnumerable<Dictionary<string, OptionSetting>> order =
            [Read(set, StageDefaults(set), errors, notices), Read(set, Preset(set, name), errors, notices), .. given];
        foreach (var (key, setting) in order.SelectMany(layer => layer))
            merged[key] = setting;
        return new OptionResolution(set, name, new OptionValues(merged), errors, notices);
    }

    private static Dictionary<string, OptionSetting> Read(OptionSet set, OptionLayer layer, List<OptionError> errors, List<string> notices)
    {
        errors.AddRange(layer.Errors);
        var values = new Dictionary<string, OptionSetting>(StringComparer.Ordinal);
        foreach (var setting in layer.Settings)
        {
            var (key, entry) = OptionSet.Split(setting.Name);
            if (set.Unknown(setting) is { } unknown)
            {
                if (!layer.IsShared)
                    errors.Add(unknown);
            }
            else if (set.Find(key) is { } option)
            {
                foreach (var (name, value) in Expand(option, entry, setting, errors))
                    Add(values, option, name, value, errors);
            }
            else if (set.FindAccepted(key) is { } accepted)
            {
                notices.Add($"{OptionNames.Flag(accepted.Key)} ({setting.Source}) is accepted without effect: {accepted.Reason}");
            }
        }

        return values;
    }

    /// <summary>A map given as one text, <c>question=q,answer=a</c>, becomes its entries; everything else stays as it is.</summary>
    private static List<(string Name, OptionSetting Setting)> Expand(OptionDescriptor option, string? entry, OptionSetting setting, List<OptionError> errors)
    {
        if (entry is not null)
            return [(option.Key + "." + entry, setting)];
        if (option.Type != OptionType.Map)
            return [(option.Key, setting)];
        var entries = new List<(string, OptionSetting)>();
        foreach (var item in OptionList.Items(setting))
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                entries.Add((option.Key + "." + item[..equals].Trim(), new OptionSetting(setting.Name, setting.Source, item[(equals + 1)..].Trim())));
            else
                errors.Add(new OptionError(option.Key) { Given = item, Source = setting.Source, Allowed = OptionText.Allowed(option) });
        }

        return entries;
    }

    private static void Add(Dictionary<string, OptionSetting> values, OptionDescriptor option, string key, OptionSetting setting, List<OptionError> errors)
    {
        if (values.TryAdd(key, setting))
            return;
        var other = values[key];
        if (other.Items.SequenceEqual(setting.Items))
            return;
        errors.Add(new OptionError(option.Key, option.Secret
            ? $"given twice with different values, as {Shown(other)} and {Shown(setting)}"
            : $"given twice with different values, as {Shown(other)} '{other.Text}' and {Shown(setting)} '{setting.Text}'")
        {
            Source = other.Source == setting.Source ? other.Source : $"{other.Source} and {setting.Source}",
            Remedy = "give one of them",
        });
    }

    private static string Shown(OptionSetting setting) =>
        setting.Name.StartsWith("--", StringComparison.Ordinal) ? setting.Name : OptionNames.Flag(setting.Name);

    private static OptionLayer StageDefaults(OptionSet set) => new("stage defaults",
        from record in set.Records
        from item in record.StageDefaults
        select new OptionSetting(item.Key, $"stage default ({record.Name})", item.Value));

    /// <summary>The preset's settings; where a key's owner and another record both give one, the other's wins (the algorithm knows better).</summary>
    private static OptionLayer Preset(OptionSet set, string name)
    {
        var all = from record in set.Records
                  from item in record.Presets
                  where item.Preset == name
                  select (item.Key, item.Value, IsOwner: set.OwnerOf(item.Key) == record);
        var list = all.ToList();
        return new OptionLayer("preset " + name, list
            .Where(item => !item.IsOwner || !list.Any(other => other.Key == item.Key && !other.IsOwner))
            .Select(item => new OptionSetting(item.Key, "preset " + name, item.Value)));
    }
}
