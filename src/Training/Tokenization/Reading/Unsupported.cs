namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>The error that a tokenizer needs what this program does not have.</summary>
internal static class Unsupported
{
    /// <summary>Makes the error.</summary>
    /// <param name="place">What is needed.</param>
    /// <param name="supported">What there is.</param>
    public static MedicalGptException Part(JsonPlace place, string supported)
    {
        var error = place.Expected(supported);
        return new MedicalGptException($"{error.Message} This tokenizer needs a part that is not supported.");
    }
}
