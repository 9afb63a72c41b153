using System.Runtime.InteropServices;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Interop;

/// <summary>mg_value: one tagged argument or result; default is None.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct Value
{
    [FieldOffset(0)] internal ValueTag Tag;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal void* Pointer;

    internal static Value Of(Tensor? tensor) => tensor is null ? default : new Value { Tag = ValueTag.Tensor, Pointer = (void*)tensor.Handle };

    internal static Value Of(Scalar scalar) => scalar.ToValue();

    internal static Value Of(Scalar? scalar) => scalar is { } value ? value.ToValue() : default;

    internal static Value Of(long value) => new() { Tag = ValueTag.Integer, Integer = value };

    internal static Value Of(long? value) => value is { } given ? Of(given) : default;

    internal static Value Of(double value) => new() { Tag = ValueTag.Real, Real = value };

    internal static Value Of(double? value) => value is { } given ? Of(given) : default;

    internal static Value Of(bool value) => new() { Tag = ValueTag.Boolean, Integer = value ? 1 : 0 };

    internal static Value Of(bool? value) => value is { } given ? Of(given) : default;

    internal static Value Of(ScalarType value) => new() { Tag = ValueTag.Integer, Integer = (long)value };

    internal static Value Of(ScalarType? value) => value is { } given ? Of(given) : default;

    internal static Value Of(Device? value) => value is null ? default : new Value { Tag = ValueTag.Device, Count = (int)value.type, Integer = value.index };

    internal static Value Of(Generator? value) => value is null ? default : new Value { Tag = ValueTag.Generator, Pointer = (void*)value.Handle };

    internal static Value Integers(long* values, int count) => new() { Tag = ValueTag.Integers, Count = count, Pointer = values };

    internal static Value Doubles(double* values, int count) => new() { Tag = ValueTag.Reals, Count = count, Pointer = values };

    internal static Value Tensors(nint* handles, int count) => new() { Tag = ValueTag.Tensors, Count = count, Pointer = handles };

    internal static Value OptionalTensors(nint* handles, int count) => new() { Tag = ValueTag.OptionalTensors, Count = count, Pointer = handles };

    internal static Value String(byte* text, int count) => new() { Tag = ValueTag.Text, Count = count, Pointer = text };
}
