namespace MedicalGpt.Algorithms.Orpo;

/// <summary>Which tokens the language-modelling term of ORPO covers.</summary>
public enum OrpoNllScope
{
    /// <summary>The chosen answer.</summary>
    Answer,

    /// <summary>Prompt and chosen answer (TRL).</summary>
    Full,
}
