namespace MedicalGpt.Host.Commands.Components;

/// <summary>Services for components that need none.</summary>
internal sealed class EmptyServices : IServiceProvider
{
    /// <summary>The one instance.</summary>
    public static EmptyServices Instance { get; } = new();

    /// <inheritdoc/>
    public object? GetService(Type serviceType) => null;
}
