using System.Text;

namespace MedicalGpt;

/// <summary>An error that a user can mend: it names the place, what was given, what is allowed and the remedy.</summary>
public class MedicalGptException : Exception
{
    /// <summary>Makes an error with one readable sentence.</summary>
    /// <param name="message">What is wrong, as one sentence.</param>
    /// <param name="innerException">The technical cause, shown only on request.</param>
    public MedicalGptException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Where: a file and row, an option, a plugin, a tensor.</summary>
    public string? Place { get; init; }

    /// <summary>What was given there.</summary>
    public string? Given { get; init; }

    /// <summary>What is allowed there.</summary>
    public string? Allowed { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Remedy { get; init; }

    /// <summary>Exit code of the process: 2 means bad input.</summary>
    public virtual int ExitCode => 2;

    /// <summary>The error as one block of text for people: the message, then one indented line for each known part. Control characters, which a terminal would obey, are shown as U+FFFD.</summary>
    public string ToBlock()
    {
        var text = new StringBuilder("error: ").Append(Message);
        AddLine(text, "place:  ", Place);
        AddLine(text, "given:  ", Given);
        AddLine(text, "allowed:", Allowed);
        AddLine(text, "remedy: ", Remedy);
        for (var i = 0; i < text.Length; i++)
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\t'))
                text[i] = '\uFFFD';
        return text.ToString();
    }

    private static void AddLine(StringBuilder text, string label, string? value)
    {
        if (value is not null)
            text.Append("\n  ").Append(label).Append(' ').Append(value);
    }
}
