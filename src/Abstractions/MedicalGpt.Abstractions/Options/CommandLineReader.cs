namespace MedicalGpt.Options;

/// <summary>Reads flags into a layer: <c>--key value</c>, <c>--key=value</c>, bare booleans, lists as several values or by repetition.</summary>
public static class CommandLineReader
{
    /// <summary>Reads the flags of a command. Unknown names stay in the layer, so that resolving reports them with all other errors.</summary>
    /// <param name="arguments">The arguments after the command's name.</param>
    /// <param name="set">The records, which say what is a boolean and what a list.</param>
    /// <exception cref="OptionsException">A value stands where a flag should, or a flag has no value.</exception>
    public static OptionLayer Read(IReadOnlyList<string> arguments, OptionSet set)
    {
        var settings = new List<OptionSetting>();
        var errors = new OptionErrors();
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
            var items = new List<string>();
            if (equals >= 0)
                items.Add(argument[(equals + 1)..]);
            else
                i = TakeValues(arguments, i, set.Find(OptionSet.Split(name).Key), items);
            Add(settings, set, name, items, errors);
        }

        errors.ThrowIfAny();
        return new OptionLayer(OptionLayer.CommandLineName, settings);
    }

    /// <summary>Takes what follows a flag: nothing, one value, or all values of a list. Returns the last position taken.</summary>
    private static int TakeValues(IReadOnlyList<string> arguments, int position, OptionDescriptor? option, List<string> items)
    {
        var many = option is { IsList: true } or { Type: OptionType.Map };
        while (position + 1 < arguments.Count && !IsFlag(arguments[position + 1]) && (many || items.Count == 0))
        {
            var next = arguments[position + 1];
            if (option?.Type == OptionType.Boolean && !OptionText.TryBoolean(next, out _))
                break;
            items.Add(next);
            position++;
        }

        return position;
    }

    private static void Add(List<OptionSetting> settings, OptionSet set, string name, List<string> items, OptionErrors errors)
    {
        var option = set.Find(OptionSet.Split(name).Key);
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
