namespace MedicalGpt.Training.Tokenization;

/// <summary>Two adjacent tokens while a tokenizer is trained.</summary>
/// <param name="Left">Id of the first.</param>
/// <param name="Right">Id of the second.</param>
internal readonly record struct TokenPair(int Left, int Right) : IComparable<TokenPair>
{
    /// <summary>The first as text, once it is chosen.</summary>
    public string LeftToken { get; init; } = "";

    /// <summary>The second as text, once it is chosen.</summary>
    public string RightToken { get; init; } = "";

    public int CompareTo(TokenPair other) => Left != other.Left ? Left.CompareTo(other.Left) : Right.CompareTo(other.Right);
}
