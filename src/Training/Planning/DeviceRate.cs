namespace MedicalGpt.Training.Planning;

/// <summary>A device as its maker describes it, or as it was measured.</summary>
/// <param name="Name">The name users write.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="Rate">Dense matrix products in bf16 (fp32 for a processor), operations per second.</param>
/// <param name="Bandwidth">Bytes per second of its memory.</param>
public sealed record DeviceRate(string Name, double Memory, double Rate, double Bandwidth)
{
    /// <summary>Cards that users ask about, by their data sheets.</summary>
    public static IReadOnlyList<DeviceRate> Known { get; } =
    [
        new("t4", 16e9, 65e12, 300e9),
        new("rtx3090", 24e9, 71e12, 936e9),
        new("rtx4090", 24e9, 165e12, 1008e9),
        new("a100-40", 40e9, 312e12, 1555e9),
        new("a100-80", 80e9, 312e12, 2039e9),
        new("h100", 80e9, 989e12, 3350e9),
        new("h200", 141e9, 989e12, 4800e9),
    ];
}
