namespace MedicalGpt.Options;

/// <summary>Reads flags into a layer: <c>--key value</c>, <c>--key=value</c>, bare booleans, <c>--no-key</c>, lists as several values or by repetition.</summary>
public static class CommandLineReader
{
    /// <summary>Reads the flags of a command. Unknown names and values without a flag stay in the layer, so that resolving reports them with all other errors.</summary>
    /// <param name="arguments">The arguments after the command's name.</param>
    /// <param name="set">The records, which say what is a boolean and what a list.</param>
    /// <param name="positionals">Receives the values without a flag, for a command that has such; null makes them errors.</param>
    public static OptionLayer Read(IReadOnlyList<string> arguments, OptionSet set, ICollection<string>? positionals = null)
    {
        var settings = new List<OptionSetting>();
        var errors = new List<OptionError>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!IsFlag(argument))
            {
                if (positionals is null)
                    errors.Add(new OptionError("", "a value without a flag") { Given = argument, Source = OptionLayer.CommandLineName });
                else
                    positionals.Add(argument);
                continue;
            }

            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            var option = set.Find(OptionSet.Split(name).Key);
            var items = new List<string>();
            if (equals >= 0)
                items.Add(argument[(equals + 1)..]);
            else if (option is null && Negated(name, set) is { } positive)
                (option, name, items) = (positive, positive.Flag, ["false"]);
            else
                i = TakeValues(arguments, i, option, TakesMany(option, name, positionals is not null), positionals is not null, items);
            Add(settings, set, option, name, items, errors);
        }

        return new OptionLayer(OptionLayer.CommandLineName, settings) { Errors = errors };
    }

    /// <summary>The boolean that <c>--no-shuffle</c> turns off; null where the name is no such form.</summary>
    private static OptionDescriptor? Negated(string name, OptionSet set)
    {
        var key = OptionNames.Normalize(name);
        return key.StartsWith("no_", StringComparison.Ordinal) && set.Find(key[3..]) is { Type: OptionType.Boolean } option ? option : null;
    }

    /// <summary>A list or whole map takes all values that follow; so does an unknown flag, unless some may be positionals.</summary>
    private static bool TakesMany(OptionDescriptor? option, string name, bool hasPositionals) => option switch
    {
        null => !hasPositionals,
        { Type: OptionType.Map } => !name.Contains('.', StringComparison.Ordinal),
        _ => option.IsList,
    };

    /// <summary>Takes what follows a flag: nothing, one value, or all. Returns the last position taken.</summary>
    private static int TakeValues(IReadOnlyList<string> arguments, int position, OptionDescriptor? option, bool many, bool hasPositionals, List<string> items)
    {
        while (position + 1 < arguments.Count && !IsFlag(arguments[position + 1]) && (many || items.Count == 0))
        {
            var next = arguments[position + 1];
            if (hasPositionals && option?.Type == OptionType.Boolean && !OptionText.TryBoolean(next, out _))
                break;
            items.Add(next);
            position++;
        }

        return position;
    }

    private static void Add(List<OptionSetting> settings, OptionSet set, OptionDescriptor? option, string name, List<string> items, List<OptionError> errors)
    {
        if (items.Count == 0)
        {
            if (option is { Type: not OptionType.Boolean })
            {
                errors.Add(new OptionError(option.Key, "no value given") { Source = OptionLayer.CommandLineName, Allowed = OptionText.Allowed(option) });
                return;
            }

            items.Add("true");
        }

        var same = option is { IsList: true } ? settings.FindIndex(setting => set.Find(setting.Name) == option) : -1;
        if (same >= 0)
            settings[same] = new OptionSetting(settings[same].Name, OptionLayer.CommandLineName, [.. settings[same].Items, .. items]);
        else
            settings.Add(new OptionSetting(name, OptionLayer.CommandLineName, items));
    }

    /// <summary>A flag begins with two dashes, so that negative numbers are values.</summary>
    private static bool IsFlag(string argument) => argument.Length > 2 && argument.StartsWith("--", StringComparison.Ordinal);
}
