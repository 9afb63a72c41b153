namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>Where sentencepiece's mark is put before text.</summary>
internal enum PrependScheme
{
    /// <summary>Before every piece.</summary>
    Always,

    /// <summary>Only where the text begins.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
