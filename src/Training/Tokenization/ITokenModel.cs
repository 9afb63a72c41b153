namespace MedicalGpt.Training.Tokenization;

/// <summary>Turns words into tokens.</summary>
internal interface ITokenModel
{
    /// <summary>Token strings by id as the file writes them; null where an id is not used.</summary>
    string?[] Tokens { get; }

    /// <summary>The id of a token string; null = there is none.</summary>
    int? IdOf(string token);

    /// <summary>The tokens of a word; the array is shared and must not be changed.</summary>
    ModelToken[] Encode(ReadOnlySpan<char> word);
}
