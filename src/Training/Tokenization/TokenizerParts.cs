using MedicalGpt.Training.Tokenization.Decoders;
using MedicalGpt.Training.Tokenization.PostProcessors;

namespace MedicalGpt.Training.Tokenization;

/// <summary>What tokenizer.json describes, ready to run.</summary>
/// <param name="Normalizer">Rewrites text.</param>
/// <param name="PreTokenizer">Cuts text into words.</param>
/// <param name="Model">Turns words into tokens.</param>
/// <param name="AddedTokens">Tokens found as a whole.</param>
/// <param name="PostProcessing">What is done with the tokens.</param>
/// <param name="Decoder">Turns tokens into text.</param>
internal sealed record TokenizerParts(
    INormalizer Normalizer,
    IPreTokenizer PreTokenizer,
    ITokenModel Model,
    IReadOnlyList<AddedToken> AddedTokens,
    PostProcessing PostProcessing,
    DecoderChain Decoder);
