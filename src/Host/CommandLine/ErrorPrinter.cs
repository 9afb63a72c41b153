using System.Text;
using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Host.CommandLine;

/// <summary>Prints an error as one readable block on the error stream and chooses the exit code.</summary>
internal static class ErrorPrinter
{
    /// <summary>Exit code of an interrupted command.</summary>
    public const int Interrupted = 130;

    /// <summary>Prints an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="verbose">Also the stack traces.</param>
    /// <param name="output">The error stream.</param>
    /// <returns>2 for bad input, 130 when interrupted, else 1.</returns>
    public static int Print(Exception error, bool verbose, TextWriter output)
    {
        var text = new StringBuilder();
        var code = error switch
        {
            OperationCanceledException => Interrupted,
            MedicalGptException known => known.ExitCode,
            SafetensorsException => new MedicalGptException("").ExitCode,
            _ => 1,
        };
        text.Append(error switch
        {
            OperationCanceledException => "interrupted",
            MedicalGptException known => known.ToBlock(),
            SafetensorsException file => new MedicalGptException(file.Message).ToBlock(),
            _ => $"error: {error.Message}\n  this is a fault of the program ({error.GetType().Name}); --verbose shows where it happened",
        });
        if (verbose)
            text.Append('\n').Append(error);
        output.WriteLine(text);
        return code;
    }
}
