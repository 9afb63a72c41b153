namespace MedicalGpt.Training.Tokenization;


/// <summary>The four kinds of characters that pre-tokenizers tell apart.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Anything else: marks, punctuation, symbols, controls.</summary>
    Other,

    /// <summary>Unicode category L.</summary>
    Letter,

    /// <summary>Unicode category N.</summary>
    Number,

    /// <summary>Unicode property White_Space.</summary>
    Space,
}
