using System.Globalization;

namespace MedicalGpt.GpuCheck;

/// <summary>What is checked.</summary>
/// <param name="Device">cpu or cuda:N.</param>
/// <param name="Tiny">True = shapes of a few thousand parameters, to try the check itself out.</param>
/// <param name="Seconds">No further benchmark begins after this time.</param>
internal sealed record CheckOptions(string Device, bool Tiny, double Seconds)
{
    /// <summary>Reads <c>--device D</c>, <c>--tiny</c> and <c>--seconds S</c>.</summary>
    public static CheckOptions Parse(string[] words)
    {
        string? Value(string flag) => Array.IndexOf(words, flag) is var at and >= 0 && at + 1 < words.Length ? words[at + 1] : null;
        return new CheckOptions(Modeling.ComputeDevice.Choose(Value("--device")), words.Contains("--tiny"), double.Parse(Value("--seconds") ?? "440", CultureInfo.InvariantCulture));
    }
}
