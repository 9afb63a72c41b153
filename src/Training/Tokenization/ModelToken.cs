namespace MedicalGpt.Training.Tokenization;

/// <summary>A token of a word.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Start">First UTF-8 byte of the word that it stands for.</param>
/// <param name="End">One past the last.</param>
internal readonly record struct ModelToken(int Id, int Start, int End);
