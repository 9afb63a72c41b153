namespace MedicalGpt.Host.Commands.Text;

/// <summary>Puts the row into errors that only know where in a chat template or tokenizer they happened.</summary>
internal static class RowErrors
{
    /// <summary>Does something with a row.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="row">The row's place.</param>
    /// <param name="act">What is done.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="MedicalGptException">It failed; the place names the row, and behind it the error's own place.</exception>
    public static T At<T>(string row, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (MedicalGptException error) when (error.Place?.StartsWith(row, StringComparison.Ordinal) != true)
        {
            throw new MedicalGptException(error.Message, error) { Place = error.Place is { } place ? $"{row} ({place})" : row, Given = error.Given, Allowed = error.Allowed, Remedy = error.Remedy };
        }
    }
}
