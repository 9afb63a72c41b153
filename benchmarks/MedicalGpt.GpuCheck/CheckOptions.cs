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
        var seconds = Value("--seconds") ?? "440";
        return double.TryParse(seconds, CultureInfo.InvariantCulture, out var limit)
            ? new CheckOptions(Modeling.ComputeDevice.Choose(Value("--device")), words.Contains("--tiny"), limit)
            : throw new MedicalGptException($"--seconds {seconds}: give a number of seconds, such as 440");
    }
}
