namespace MedicalGpt.Training.Preferences;

/// <summary>A preference pair as one row: the prompt once, with the better and the worse answer as its two children (without a prompt, two roots).</summary>
/// <param name="Segments">Prompt (if any), chosen, rejected.</param>
public sealed record PreferenceRow(IReadOnlyList<Segment> Segments) : EncodedExample(Segments)
{
    /// <summary>Index of the better answer in <see cref="EncodedExample.Segments"/>; the worse one stands behind it.</summary>
    public int Chosen => Segments.Count - 2;

    /// <summary>Index of the worse answer in <see cref="EncodedExample.Segments"/>.</summary>
    public int Rejected => Segments.Count - 1;

    /// <summary>How much better the chosen answer is, reward units.</summary>
    public double Margin { get; init; }

    /// <summary>Σ log π_ref(chosen | prompt), nats; null until computed.</summary>
    public float? ReferenceChosen { get; init; }

    /// <summary>Σ log π_ref(rejected | prompt), nats; null until computed.</summary>
    public float? ReferenceRejected { get; init; }

    /// <summary>Tokens of both sequences with the prompt counted in each (TRL's <c>num_tokens</c>).</summary>
    public int SequenceTokens => TokenCount + (Chosen > 0 ? Segments[0].Ids.Length : 0);
}
