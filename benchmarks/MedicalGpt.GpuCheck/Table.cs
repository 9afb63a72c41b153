using System.Globalization;

namespace MedicalGpt.GpuCheck;

/// <summary>The result for people.</summary>
internal static class Table
{
    /// <summary>The head line.</summary>
    public static string Head => $"{"",-30}{"tokens/s",12}{"tensors",12}{"allocator",12}{"share of rate",15}";

    /// <summary>One measurement.</summary>
    public static string Line(Measurement m) => string.Create(
        CultureInfo.InvariantCulture,
        $"{m.Name,-30}{m.TokensPerSecond,12:N0}{m.Peak / 1e9,9:0.00} GB{m.Held / 1e9,9:0.00} GB{(m.Share is { } share ? share.ToString("P1", CultureInfo.InvariantCulture) : "-"),15}");
}
