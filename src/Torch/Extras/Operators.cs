using System.Runtime.InteropServices;

namespace MedicalGpt.Torch.Extras;

/// <summary>What the loaded libtorch offers.</summary>
public static class Operators
{
    /// <summary>Version of libtorch.</summary>
    public static string LibtorchVersion => OperatorTable.Version;

    /// <summary>Loads the native library and binds every operator, so that problems show at start and not in the first step.</summary>
    /// <exception cref="TorchException">The library or operators are missing.</exception>
    public static void Initialize() => Dispatch.Initialize();

    /// <summary>The schema that the loaded libtorch has for an operator; null where it has none.</summary>
    public static unsafe string? Schema(string name, string overload = "")
    {
        Dispatch.Initialize();
        fixed (byte* n = System.Text.Encoding.UTF8.GetBytes(name + '\0'))
        fixed (byte* o = System.Text.Encoding.UTF8.GetBytes(overload + '\0'))
        {
            byte* text = null;
            if (Interop.NativeMethods.mg_op_find(n, o, &text) != 0) return null;
            var schema = Marshal.PtrToStringUTF8((nint)text);
            Interop.NativeMethods.mg_free(text);
            return schema;
        }
    }
}
