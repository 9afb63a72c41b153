namespace MedicalGpt.Options;

/// <summary>What the generator writes for every record with <see cref="OptionsAttribute"/>.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IOptionsRecord<TSelf>
    where TSelf : IOptionsRecord<TSelf>
{
    /// <summary>The record's options as a table: keys, types, defaults, ranges, help.</summary>
    static abstract OptionsDescriptor Descriptor { get; }

    /// <summary>Makes a record from resolved texts; what cannot be read keeps its default and becomes an error.</summary>
    /// <param name="values">Resolved settings by key.</param>
    /// <param name="errors">Receives one error for each wrong option.</param>
    static abstract TSelf Bind(OptionValues values, OptionErrors errors);

    /// <summary>Checks ranges, allowed values and paths of a record, also of one made in code, then the record's own <c>OnValidate</c>.</summary>
    /// <param name="options">The record to check.</param>
    /// <param name="errors">Receives one error for each wrong option.</param>
    static abstract void Validate(TSelf options, OptionErrors errors);
}
