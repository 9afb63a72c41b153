using System.Globalization;
using System.Text.RegularExpressions;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Where models compute: <c>cpu</c>, or a card as <c>cuda:N</c>.</summary>
public static partial class ComputeDevice
{
    private const string Processor = "cpu";

    // The device of an extension of libtorch: whoever names it has loaded one.
    private const string Extension = "privateuseone";

    /// <summary>The device that <c>--device</c> means.</summary>
    /// <param name="given"><c>cpu</c>, <c>cuda</c> (the first card) or <c>cuda:N</c>; null = the first card where libtorch has CUDA and there is one, else the processor.</param>
    /// <returns><c>cpu</c> or <c>cuda:N</c>.</returns>
    /// <exception cref="MedicalGptException">It is no device, or it is not there.</exception>
    public static string Choose(string? given) =>
        given == Processor ? Processor : Choose(given, Cuda.IsBuilt, Cuda.Count, __version__);

    /// <summary>The card's number; null = the processor.</summary>
    /// <param name="device">What <see cref="Choose(string?)"/> gave.</param>
    public static int? Card(string device) => new Device(device) is { type: Torch.DeviceType.CUDA } card ? Math.Max(card.index, 0) : null;

    /// <summary>The same for a libtorch and a machine that are described.</summary>
    internal static string Choose(string? given, bool built, int cards, string version)
    {
        if (given is null)
            return cards > 0 ? "cuda:0" : Processor;
        var match = Form().Match(given);
        if (!match.Success)
            throw new MedicalGptException("This is no device.") { Place = "--device", Given = given, Allowed = "cpu, cuda or cuda:N" };
        if (given is Processor or Extension)
            return given;
        var index = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return index < cards ? $"cuda:{index}" : throw Missing(given, built, cards, version);
    }

    private static MedicalGptException Missing(string given, bool built, int cards, string version) => new("The device is not there.")
    {
        Place = "--device",
        Given = given,
        Allowed = cards > 0
            ? $"cpu{string.Concat(Enumerable.Range(0, cards).Select(i => $", cuda:{i}"))}"
            : built ? $"cpu (libtorch {version} was built with CUDA, but it finds no NVIDIA GPU)" : $"cpu (libtorch {version} was built without CUDA)",
        Remedy = cards > 0
            ? "name one of these; CUDA_VISIBLE_DEVICES decides which cards a process sees"
            : built ? "see whether nvidia-smi lists the card: the driver may be missing or too old for this libtorch, or CUDA_VISIBLE_DEVICES hides it" : "set LIBTORCH to a libtorch with CUDA, or to the torch folder of a Python install, and start again",
    };

    [GeneratedRegex("^(?:cpu|privateuseone|cuda(?::([0-9]{1,2}))?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
