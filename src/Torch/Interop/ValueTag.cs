namespace MedicalGpt.Torch.Interop;

/// <summary>mg_tag.</summary>
internal enum ValueTag
{
    None = 0,
    Boolean = 1,
    Integer = 2,
    Real = 3,
    Tensor = 4,
    Integers = 5,
    Reals = 6,
    Booleans = 7,
    Tensors = 8,
    OptionalTensors = 9,
    Text = 10,
    Device = 11,
    Generator = 12,
}
