namespace MedicalGpt.Options;

/// <summary>Collects wrong options, so that all are reported at once. It knows the layer of each value from the settings it is made with.</summary>
/// <param name="values">The resolved settings; null for a record made in code.</param>
public sealed class OptionErrors(OptionValues? values = null)
{
    private readonly List<OptionError> _items = [];

    /// <summary>The errors so far, in the order of finding.</summary>
    public IReadOnlyList<OptionError> Items => _items;

    /// <summary>Adds an error.</summary>
    /// <param name="error">The error.</param>
    public void Add(OptionError error) => _items.Add(error);

    /// <summary>Adds an error for a value that the option does not accept. A second error for the same key is left out.</summary>
    /// <param name="option">The option.</param>
    /// <param name="given">The value as text.</param>
    /// <param name="problem">What is wrong, where the allowed values do not say it.</param>
    public void Refuse(OptionDescriptor option, string given, string? problem = null)
    {
        if (_items.Any(error => error.Key == option.Key))
            return;
        Add(new OptionError(option.Key, problem)
        {
            Given = option.Secret ? OptionProvenance.Hidden : given,
            Source = values?.Find(option.Key)?.Source ?? (values is null ? "code" : OptionProvenance.RecordDefault),
            Allowed = OptionText.Allowed(option),
        });
    }

    /// <summary>Adds an error about how options go together; for use in a record's <c>OnValidate</c>.</summary>
    /// <param name="key">The option to change, in snake_case.</param>
    /// <param name="problem">What is wrong, with the values that clash.</param>
    /// <param name="remedy">What to do.</param>
    public void Conflict(string key, string problem, string? remedy = null) =>
        Add(new OptionError(key, problem) { Remedy = remedy, Source = values?.Find(key)?.Source });

    /// <summary>Checks that a number is in the option's range, and finite unless infinity is allowed.</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">The number; null is not checked.</param>
    public void CheckRange(OptionDescriptor option, double? value)
    {
        if (value is not { } number || (double.IsInfinity(number) && option.AllowInfinity))
            return;
        var low = option.Min is { } min && (option.MinExclusive ? number <= min : number < min);
        var high = option.Max is { } max && (option.MaxExclusive ? number >= max : number > max);
        if (low || high || !double.IsFinite(number))
            Refuse(option, OptionText.Number(number));
    }

    /// <summary>Checks that a text is one of the option's allowed texts.</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">The text; null is not checked.</param>
    public void CheckAllowed(OptionDescriptor option, string? value)
    {
        // An empty text of a required option is reported as not given.
        if (value is not null && !(option.Required && value.Length == 0) && !option.AllowedValues.Contains(value))
            Refuse(option, value);
    }

    /// <summary>Checks that a path exists.</summary>
    /// <param name="option">The option.</param>
    /// <param name="path">The path; null and empty are not checked.</param>
    public void CheckPath(OptionDescriptor option, string? path)
    {
        if (string.IsNullOrEmpty(path))
            return;
        var exists = option.MustExist switch
        {
            PathKind.File => File.Exists(path),
            PathKind.Directory => Directory.Exists(path),
            _ => Path.Exists(path),
        };
        if (!exists)
            Refuse(option, path);
    }

    /// <summary>Throws all errors as one; returns where there are none.</summary>
    /// <exception cref="OptionsException">Some option is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_items.Count > 0)
            throw new OptionsException(_items);
    }
}
