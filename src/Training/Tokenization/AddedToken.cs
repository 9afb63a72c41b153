namespace MedicalGpt.Training.Tokenization;

/// <summary>A token that is found in text as a whole, before text is split.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="Special">True = control token: left out when decoding for people, and ordinary text where specials are not allowed.</param>
/// <param name="Normalized">True = it is looked for after normalisation.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool Normalized);
