namespace MedicalGpt.Tests;

/// <summary>A fact on the second device; skipped, with the reason, where it is not built.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SecondDeviceFactAttribute : FactAttribute
{
    /// <summary>Looks whether the device is there.</summary>
    public SecondDeviceFactAttribute() => Skip = SecondDevice.Missing;
}
