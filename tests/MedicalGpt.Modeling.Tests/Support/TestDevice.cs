using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Where parity tests run: <c>MEDGPT_TEST_DEVICE</c>, the processor by default. All tolerances of other devices are in this one table.</summary>
internal static class TestDevice
{
    // Golden tolerances times this. A GPU sums in other orders than a processor, so its rounding noise is a few times that of the reference run.
    private static readonly Dictionary<string, double> Factors = new(StringComparer.Ordinal) { ["cpu"] = 1, ["cuda"] = 5 };

    public static string Name { get; } = Environment.GetEnvironmentVariable("MEDGPT_TEST_DEVICE") is { Length: > 0 } name ? name : "cpu";

    public static Device Device => device(Name);

    public static double ToleranceFactor { get; } = Factors[Name.Split(':')[0]];
}
