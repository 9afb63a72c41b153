namespace MedicalGpt.Torch.Extras;

/// <summary>The native tensor library is not there or cannot be loaded; the text says where it was looked for and what to do.</summary>
/// <param name="message">The text.</param>
/// <param name="innerException">What the system says.</param>
public sealed class TensorLibraryException(string message, Exception? innerException = null) : Exception(message, innerException);
