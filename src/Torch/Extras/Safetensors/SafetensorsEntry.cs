namespace MedicalGpt.Torch.Extras;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">The file's dtype, e.g. F32, BF16, I64.</param>
/// <param name="Shape">Size of each dimension.</param>
/// <param name="Offset">First byte, counted from the file's start.</param>
/// <param name="Length">Number of bytes.</param>
public sealed record SafetensorsEntry(string Name, string Type, IReadOnlyList<long> Shape, long Offset, long Length);
