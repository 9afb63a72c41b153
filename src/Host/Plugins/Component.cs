using MedicalGpt.Options;
using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>A registered component with its types known.</summary>
internal sealed class Component<T, TOptions>(ComponentInfo info, Func<TOptions, IServiceProvider, T> create) : RegisteredComponent<T>(info)
    where T : class
    where TOptions : IOptionsRecord<TOptions>
{
    /// <inheritdoc/>
    public override OptionsDescriptor Options => TOptions.Descriptor;

    /// <inheritdoc/>
    public override Type OptionsType => typeof(TOptions);

    /// <inheritdoc/>
    public override object Bind(OptionResolution resolution) => resolution.Bind<TOptions>();

    /// <inheritdoc/>
    public override object Bind(OptionValues values, OptionErrors errors)
    {
        var options = TOptions.Bind(values, errors);
        TOptions.Validate(options, errors);
        return options;
    }

    /// <inheritdoc/>
    public override T Create(object options, IServiceProvider services)
    {
        try
        {
            return create((TOptions)options, services)
                ?? throw Failed("it gave nothing", null);
        }
        catch (Exception error) when (error is not (MedicalGptException or OperationCanceledException))
        {
            throw Failed($"{error.GetType().Name}: {error.Message}", error);
        }
    }

    private PluginException Failed(string reason, Exception? cause) => new($"Plugin {Info.Plugin} could not make {Info.Kind} '{Info.Name}': {reason}", cause)
    {
        Place = Info.Folder,
        Remedy = "this is a fault of the plugin: report it to its authors, with the details that --verbose prints",
    };
}
