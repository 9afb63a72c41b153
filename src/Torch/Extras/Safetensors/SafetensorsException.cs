namespace MedicalGpt.Torch.Extras;

/// <summary>A safetensors file is damaged, hostile, unreadable or lacks a tensor. The message names the file, the place and the remedy.</summary>
public sealed class SafetensorsException(string message, Exception? innerException = null) : Exception(message, innerException);
