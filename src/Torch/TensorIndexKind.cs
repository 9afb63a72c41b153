namespace MedicalGpt.Torch;

/// <summary>What one entry of an index does.</summary>
internal enum TensorIndexKind
{
    Single,
    Slice,
    Tensor,
    NewDimension,
    Ellipsis,
}
