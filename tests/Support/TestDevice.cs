using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Tests;

/// <summary>
/// Where parity and invariance tests run: <c>MEDGPT_TEST_DEVICE</c> (cpu, cuda, cuda:N, or privateuseone for the second device of <see cref="SecondDevice"/>), the processor by default.
/// All tolerances of other devices are in this one table.
/// </summary>
internal static class TestDevice
{
    // What tolerances are multiplied by. A GPU sums in other orders than a processor, so its rounding noise is a few times that of the reference run;
    // the second device computes with the processor's operators.
    private static readonly Dictionary<string, double> Factors = new(StringComparer.Ordinal) { ["cpu"] = 1, ["privateuseone"] = 1, ["cuda"] = 5 };

    /// <summary>Its name, for options.</summary>
    public static string Name { get; } = Choose();

    /// <summary>The device.</summary>
    public static Device Device => device(Name);

    /// <summary>True on the processor: what is bound to its memory, bit for bit or in bytes, is tested there only.</summary>
    public static bool IsProcessor => Name == "cpu";

    /// <summary>What absolute and relative tolerances are multiplied by.</summary>
    public static double ToleranceFactor { get; } = Factors[Name.Split(':')[0]];

    private static string Choose()
    {
        var name = Environment.GetEnvironmentVariable("MEDGPT_TEST_DEVICE") is { Length: > 0 } given ? given : "cpu";
        if (!Factors.ContainsKey(name.Split(':')[0]))
            throw new InvalidOperationException($"MEDGPT_TEST_DEVICE={name}: allowed are {string.Join(", ", Factors.Keys)}");
        if (name.StartsWith("cuda", StringComparison.Ordinal) && Cuda.Count == 0)
            throw new InvalidOperationException($"MEDGPT_TEST_DEVICE={name}: this libtorch sees no NVIDIA GPU");
        if (name == SecondDevice.Name && SecondDevice.Missing is { } why)
            throw new InvalidOperationException($"MEDGPT_TEST_DEVICE={name}: {why}");
        return name;
    }
}
