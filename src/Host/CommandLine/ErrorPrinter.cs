using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Torch;
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
    /// <returns>2 for bad input (also a file or disk that refuses), 130 when interrupted, else 1.</returns>
    public static int Print(Exception error, bool verbose, TextWriter output)
    {
        var cause = error is TypeInitializationException { InnerException: { } inner } ? inner : error; // the tensor library is loaded by a static constructor
        var (block, code) = cause switch
        {
            OperationCanceledException => ("interrupted", Interrupted),
            _ when Known(cause) is { } known => (known.ToBlock(), known.ExitCode),
            TorchException => (new MedicalGptException("A tensor operation failed.") { Given = cause.Message, Remedy = "where memory ran out, lower batch sizes and lengths; else --verbose shows where it happened" }.ToBlock(), 1),
            _ => ($"error: {cause.Message}\n  this is a fault of the program ({cause.GetType().Name}); --verbose shows where it happened", 1),
        };
        output.WriteLine(Output.Visible(verbose ? $"{block}\n{error}" : block));
        return code;
    }

    /// <summary>Errors that a user can mend; null for faults of the program.</summary>
    private static MedicalGptException? Known(Exception error) => error switch
    {
        MedicalGptException known => known,
        SafetensorsException or TensorLibraryException => new MedicalGptException(error.Message),
        IOException or UnauthorizedAccessException => new MedicalGptException(error.Message) { Remedy = "check that the path exists, that you may read and write there, and that the disk is not full" },
        _ => null,
    };
}
