namespace MedicalGpt.Training.Tokenization;

/// <summary>A token that is found in text as a whole, before text is split.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="Special">True = control token: left out when decoding for people, and ordinary text where specials are not allowed.</param>
/// <param name="Normalized">True = it is looked for after normalisation.</param>
/// <param name="SingleWord">True = it is not found inside a word.</param>
/// <param name="LeftStrip">True = it takes white space before it in.</param>
/// <param name="RightStrip">True = it takes white space after it in.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool Normalized, bool SingleWord = false, bool LeftStrip = false, bool RightStrip = false)
{
    /// <summary>The text that is looked for, and that decoding gives: the content, normalised where the token is.</summary>
    public string Pattern { get; init; } = Content;
}
