namespace MedicalGpt.Options;

/// <summary>The merged options of one command: bind the records, then throw what is wrong, all at once.</summary>
public sealed class OptionResolution
{
    private readonly OptionErrors _errors;

    internal OptionResolution(OptionSet set, string preset, OptionValues values, IEnumerable<OptionError> errors, IReadOnlyList<string> notices)
    {
        Set = set;
        Preset = preset;
        Values = values;
        Notices = notices;
        _errors = new OptionErrors(values);
        foreach (var error in errors)
            _errors.Add(error);
    }

    /// <summary>The records.</summary>
    public OptionSet Set { get; }

    /// <summary>Name of the preset in force.</summary>
    public string Preset { get; }

    /// <summary>The winning settings.</summary>
    public OptionValues Values { get; }

    /// <summary>One line for each name that was accepted without effect.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>What is wrong so far: with the layers, and with the records bound until now.</summary>
    public IReadOnlyList<OptionError> Errors => _errors.Items;

    /// <summary>Makes a record of the resolved values and validates it; what is wrong is collected, not thrown.</summary>
    /// <typeparam name="TOptions">The record; its descriptor must be in <see cref="Set"/>.</typeparam>
    public TOptions Bind<TOptions>()
        where TOptions : IOptionsRecord<TOptions>
    {
        var options = TOptions.Bind(Values, _errors);
        TOptions.Validate(options, _errors);
        return options;
    }

    /// <summary>Checks types, ranges, allowed values and paths by descriptor alone; what is wrong is collected, not thrown.
    /// For a record that is known by its schema only, or a table made at run time, such as a recipe's inputs. Checks across options need <see cref="Bind"/>.</summary>
    /// <param name="record">A record of <see cref="Set"/>.</param>
    public void Check(OptionsDescriptor record) => OptionCheck.Check(record, Values, _errors);

    /// <summary>Throws every error as one; call it after all records are bound.</summary>
    /// <exception cref="OptionsException">Some option is wrong.</exception>
    public void ThrowIfInvalid() => _errors.ThrowIfAny();

    /// <summary>Where the value of each option comes from, in the order of the records.</summary>
    public IReadOnlyList<OptionProvenance> Provenance() =>
        [.. from record in Set.Records from option in record.Options select OptionProvenance.Of(record, option, Values)];
}
