namespace MedicalGpt.Training.Tokenization;

/// <summary>Turns words into tokens.</summary>
internal interface ITokenModel
{
    /// <summary>Token strings by id as the file writes them; null where an id is not used.</summary>
    string?[] Tokens { get; }

    /// <summary>The id of a token string; null = there is none.</summary>
    int? IdOf(string token);

    /// <summary>Ids of a word.</summary>
    int[] Encode(ReadOnlySpan<char> word);

    /// <summary>How many UTF-8 bytes of its word a token stands for.</summary>
    int ByteLength(int id, ReadOnlySpan<char> word);

    /// <summary>The bytes that a token string stands for when decoded.</summary>
    byte[] BytesOf(string token);

    /// <summary>What stands between decoded tokens; empty for models that keep white space in tokens.</summary>
    string Separator { get; }
}
