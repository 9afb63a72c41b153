namespace MedicalGpt.Options;

/// <summary>Allowed range of a number, or of every item of a list of numbers. An infinite end, or the type's own limit, means no bound.</summary>
/// <param name="min">Lowest allowed value.</param>
/// <param name="max">Highest allowed value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute(double min, double max) : Attribute
{
    /// <summary>Lowest allowed value.</summary>
    public double Min { get; } = min;

    /// <summary>Highest allowed value.</summary>
    public double Max { get; } = max;

    /// <summary>True where <see cref="Min"/> itself is not allowed.</summary>
    public bool MinExclusive { get; set; }

    /// <summary>True where <see cref="Max"/> itself is not allowed.</summary>
    public bool MaxExclusive { get; set; }

    /// <summary>True where <c>inf</c> may be given; otherwise numbers must be finite.</summary>
    public bool AllowInfinity { get; set; }
}
