using MedicalGpt.Options;

namespace MedicalGpt.Plugins;

/// <summary>A component of a loaded plugin: its options, and how to make it.</summary>
/// <typeparam name="T">The component's contract.</typeparam>
/// <param name="info">What its manifest says.</param>
public abstract class RegisteredComponent<T>(ComponentInfo info)
    where T : class
{
    /// <summary>What its manifest says.</summary>
    public ComponentInfo Info { get; } = info;

    /// <summary>The options record as a table.</summary>
    public abstract OptionsDescriptor Options { get; }

    /// <summary>Type of the options record.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>Makes and validates the options record; what is wrong is collected in the resolution.</summary>
    /// <param name="resolution">Merged options of the command; <see cref="Options"/> must be in its set.</param>
    /// <returns>A record of <see cref="OptionsType"/>.</returns>
    public abstract object Bind(OptionResolution resolution);

    /// <summary>Makes and validates the options record.</summary>
    /// <param name="values">Resolved settings by key.</param>
    /// <param name="errors">Receives one error for each wrong option.</param>
    /// <returns>A record of <see cref="OptionsType"/>.</returns>
    public abstract object Bind(OptionValues values, OptionErrors errors);

    /// <summary>Makes the component.</summary>
    /// <param name="options">A record of <see cref="OptionsType"/>.</param>
    /// <param name="services">Host services that the component may ask for.</param>
    /// <exception cref="MedicalGptException">The plugin failed.</exception>
    public abstract T Create(object options, IServiceProvider services);

    /// <summary>Binds, validates and makes the component.</summary>
    /// <param name="values">Resolved settings by key.</param>
    /// <param name="services">Host services that the component may ask for.</param>
    /// <exception cref="OptionsException">Some option is wrong.</exception>
    /// <exception cref="MedicalGptException">The plugin failed.</exception>
    public T Create(OptionValues values, IServiceProvider services)
    {
        var errors = new OptionErrors(values);
        var options = Bind(values, errors);
        errors.ThrowIfAny();
        return Create(options, services);
    }
}
