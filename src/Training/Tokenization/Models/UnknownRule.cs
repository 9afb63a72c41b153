namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>What becomes of text that no token stands for.</summary>
/// <param name="Id">The unknown token; null = there is none.</param>
/// <param name="Fuse">Whether neighbours become one unknown token.</param>
/// <param name="ByteFallback">Whether tokens of bytes are tried first.</param>
internal sealed record UnknownRule(int? Id, bool Fuse, bool ByteFallback);
