namespace MedicalGpt.Torch;

/// <summary>A tensor operation failed: names the operation, the shapes and dtypes of its arguments, and libtorch's reason.</summary>
public sealed class TorchException : Exception
{
    /// <summary>An error with a text of its own.</summary>
    public TorchException(string message, Exception? innerException = null)
        : base(message, innerException) => Operation = "";

    private TorchException(string operation, string message, Exception? innerException)
        : base(message, innerException) => Operation = operation;

    /// <summary>The operation that failed, e.g. <c>aten::mm</c>.</summary>
    public string Operation { get; }

    /// <summary>Builds the message from its parts; C++ frames and repeated lines are cut from libtorch's text.</summary>
    internal static TorchException From(string operation, string arguments, string reason, Exception? cause = null)
    {
        var cut = reason.IndexOf("\nException raised from", StringComparison.Ordinal);
        if (cut >= 0) reason = reason[..cut];
        var text = arguments.Length == 0 ? $"{operation}: {reason.Trim()}" : $"{operation}({arguments}): {reason.Trim()}";
        return new TorchException(operation, text, cause);
    }
}
