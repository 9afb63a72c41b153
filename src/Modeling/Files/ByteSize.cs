using System.Globalization;

namespace MedicalGpt.Modeling;

/// <summary>Sizes in bytes as people write them.</summary>
public static class ByteSize
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KIB", 1L << 10), ("MIB", 1L << 20), ("GIB", 1L << 30), ("TIB", 1L << 40), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
    ];

    /// <summary>Reads a size.</summary>
    /// <param name="text">A number above 0 with a unit.</param>
    /// <param name="place">The option, for the error.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="MedicalGptException">It is none.</exception>
    public static long Parse(string text, string place)
    {
        var upper = text.Trim().ToUpperInvariant();
        var (unit, bytes) = Array.Find(Units, u => upper.EndsWith(u.Unit, StringComparison.Ordinal));
        return unit is not null && double.TryParse(upper[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * bytes is >= 1 and < long.MaxValue
            ? (long)(number * bytes)
            : throw new MedicalGptException("The size is not understood.") { Place = place, Given = text, Allowed = "a number with KB, MB, GB, KiB, MiB or GiB, such as 500MB", Remedy = unit is null && double.TryParse(upper, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? $"write the unit: {upper}GB" : null };
    }

    /// <summary>Reads a size that need not be given.</summary>
    /// <param name="text">As for <see cref="Parse"/>; null = none.</param>
    /// <param name="place">The option, for the error.</param>
    /// <returns>Bytes; null = none.</returns>
    /// <exception cref="MedicalGptException">It is given and none.</exception>
    public static long? ParseOptional(string? text, string place) => text is null ? null : Parse(text, place);

    /// <summary>Writes a size in GiB or MiB.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <returns>For example <c>1.85 GiB</c>.</returns>
    public static string Text(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.00} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MiB");
}
