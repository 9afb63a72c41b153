namespace MedicalGpt.Training.Tokenization;

/// <summary>A tokenizer with new tokens.</summary>
/// <param name="Tokenizer">The tokenizer.</param>
/// <param name="Added">The new tokens, by id.</param>
/// <param name="Known">How many words were one token already.</param>
public sealed record ExtendedTokenizer(Tokenizer Tokenizer, IReadOnlyList<NewToken> Added, int Known);
