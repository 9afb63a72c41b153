using System.Globalization;
using MedicalGpt.Torch.Interop;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch;

/// <summary>Describes a call's arguments for an error: <c>self Float32[2, 3], dim 1</c>.</summary>
internal static unsafe class ArgumentText
{
    internal static string Describe(OperatorEntry entry, Value* arguments, int count)
    {
        var parts = new string[count];
        for (var i = 0; i < count; i++) parts[i] = entry.Arguments[i] + " " + Describe(arguments[i]);
        return string.Join(", ", parts);
    }

    private static string Describe(Value value) => value.Tag switch
    {
        ValueTag.None => "none",
        ValueTag.Boolean => value.Integer != 0 ? "true" : "false",
        ValueTag.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        ValueTag.Real => value.Real.ToString("R", CultureInfo.InvariantCulture),
        ValueTag.Tensor => Describe((nint)value.Pointer),
        ValueTag.Integers => "[" + string.Join(", ", new ReadOnlySpan<long>(value.Pointer, value.Count).ToArray()) + "]",
        ValueTag.Tensors or ValueTag.OptionalTensors => "[" + string.Join("; ", new ReadOnlySpan<nint>(value.Pointer, Math.Min(value.Count, 8)).ToArray().Select(Describe)) + (value.Count > 8 ? "; ..." : "") + "]",
        ValueTag.Device => ((DeviceType)value.Count).ToString(),
        _ => value.Tag.ToString(),
    };

    private static string Describe(nint handle)
    {
        if (handle == 0) return "none";
        TensorInfo info;
        NativeMethods.mg_tensor_get_info(handle, &info);
        var shape = string.Join(", ", new ReadOnlySpan<long>(info.Sizes, info.Dimensions).ToArray());
        return $"{(ScalarType)info.Type}[{shape}]";
    }
}
