namespace MedicalGpt.Modeling;

/// <summary>Layers in which a token sees only the tokens just before it: position p sees positions above p − width.</summary>
/// <param name="Width">Tokens seen, itself included.</param>
/// <param name="Layers">True = this layer has the window, one entry per layer.</param>
public sealed record SlidingWindow(int Width, IReadOnlyList<bool> Layers)
{
    /// <inheritdoc/>
    public bool Equals(SlidingWindow? other) => other is not null && Width == other.Width && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Layers.Count);
}
