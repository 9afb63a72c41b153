namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>Turns a word into the symbols that byte pair encoding starts with.</summary>
internal interface ISymbolReader
{
    /// <summary>The symbols of a word and how many UTF-8 bytes of it each stands for.</summary>
    (int[] Ids, int[] Lengths) Read(ReadOnlySpan<char> word);

    /// <summary>The token that is the whole word; null = there is none.</summary>
    int? Whole(ReadOnlySpan<char> word);
}
