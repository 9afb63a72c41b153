namespace MedicalGpt.Torch;

/// <summary>Kind of device, numbered as libtorch does.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,

    /// <summary>Shapes without data.</summary>
    META = 14,

    /// <summary>A device that an extension of libtorch brings; the tests have one.</summary>
    PRIVATEUSEONE = 20,
}
