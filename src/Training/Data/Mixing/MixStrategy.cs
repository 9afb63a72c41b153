namespace MedicalGpt.Training.Data;

/// <summary>How several sources of rows are mixed (<c>--mix_strategy</c>).</summary>
public enum MixStrategy
{
    /// <summary>Each next row is drawn from a source with a probability given by the weights, until one source has no rows left.</summary>
    FirstExhausted,

    /// <summary>As <see cref="FirstExhausted"/>, but a source that ends begins again, until each has ended at least once: no row is lost, rows of small sources repeat.</summary>
    AllExhausted,

    /// <summary>One source after the other, each read as often as its weight says: 2 = twice, 0.5 = about half of its rows, chosen by the seed.</summary>
    Repeat,
}
