namespace MedicalGpt.Options;

/// <summary>Reads flags into a layer: <c>--key value</c>, <c>--key=value</c>, bare booleans, <c>--no-key</c>, lists as several values or by repetition.</summary>
public static class CommandLineReader
{
    /// <summary>Reads the flags of a command. Unknown names and values without a flag stay in the layer, so that resolving reports them with all other errors.</summary>
    /// <param name="arguments">The arguments after the command's name.</param>
    /// <param name="set">The records, which say what is a boolean and what a list.</param>
    public static OptionLayer Read(IReadOnlyList<string> arguments, OptionSet set)
    {
        var settings = new List<OptionSetting>();
        var errors = new List<OptionError>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!IsFlag(argument))
            {
                errors.Add(new OptionError("", "a value without a flag") { Given = argument, Source = OptionLayer.CommandLineName });
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
                i = TakeValues(arguments, i, option, name, items);
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

    /// <summary>Takes what follows a flag: nothing, one value, or all values of a list or an unknown flag. Returns the last position taken.</summary>
    private static int TakeValues(IReadOnlyList<string> arguments, int position, OptionDescriptor? option, string name, List<string> items)
    {
        var many = option is null or { IsList: true } || (option.Type == OptionType.Map && !name.Contains('.', StringComparison.Ordinal));
        while (position + 1 < arguments.Count && !IsFlag(arguments[position + 1]) && (many || items.Count == 0))
        {
            position++;
            items.Add(arguments[position]);
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
