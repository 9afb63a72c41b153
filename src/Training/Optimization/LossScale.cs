namespace MedicalGpt.Training;

/// <summary>
/// The factor of the loss in half precision (Micikevicius et al. 2018, arXiv:1710.03740, section 3.2): small gradients do not vanish with it. An update whose
/// gradients are not finite is skipped and the factor halved; after <see cref="GrowthInterval"/> good ones in a row it is doubled. PyTorch's numbers. Powers of
/// two, so that scaling itself rounds nothing.
/// </summary>
internal sealed class LossScale
{
    /// <summary>The first factor.</summary>
    public const double Initial = 65536;

    /// <summary>Good updates in a row before the factor grows.</summary>
    public const int GrowthInterval = 2000;

    private const double Largest = 16777216;

    /// <summary>The factor now.</summary>
    public double Value { get; private set; } = Initial;

    /// <summary>Good updates since the factor last changed.</summary>
    public int GoodUpdates { get; private set; }

    /// <summary>False when even unscaled losses gave gradients that are not finite: training has diverged.</summary>
    public bool IsAlive => Value >= 1;

    /// <summary>Learns how an update went.</summary>
    /// <param name="finite">All gradients were finite.</param>
    public void Update(bool finite)
    {
        if (!finite)
            (Value, GoodUpdates) = (Value / 2, 0);
        else if (++GoodUpdates == GrowthInterval)
            (Value, GoodUpdates) = (Math.Min(Value * 2, Largest), 0);
    }

    /// <summary>Goes on where a checkpoint stood.</summary>
    /// <param name="value">Factor.</param>
    /// <param name="goodUpdates">Good updates since it changed.</param>
    public void Restore(double value, int goodUpdates) => (Value, GoodUpdates) = (value, goodUpdates);
}
