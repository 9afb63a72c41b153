namespace MedicalGpt;

/// <summary>An error that the user can mend; printed as one readable block, exit code 2.</summary>
public class MedicalGptException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the place, what was given, what is allowed and the remedy.</param>
    /// <param name="innerException">The cause, shown with <c>--verbose</c>.</param>
    public MedicalGptException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
