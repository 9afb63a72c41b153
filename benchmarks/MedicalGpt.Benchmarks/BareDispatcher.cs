using System.Runtime.InteropServices;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Benchmarks;

/// <summary>aten::linear with nothing around the native call: the handle comes and goes by hand.</summary>
internal static unsafe class BareDispatcher
{
    private static readonly nint Library = NativeLibrary.Load(Path.Combine(Repository(), "artifacts", "native", "libmedgpt_torch.so"));
    private static readonly delegate* unmanaged<nint, Argument*, int, Argument*, int, int*, int> Call = (delegate* unmanaged<nint, Argument*, int, Argument*, int, int*, int>)NativeLibrary.GetExport(Library, "mg_op_call");
    private static readonly delegate* unmanaged<nint, void> Release = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(Library, "mg_tensor_release");
    private static readonly nint Operation = Bind();

    public static void Linear(Tensor input, Tensor weight)
    {
        var arguments = stackalloc Argument[2];
        arguments[0] = new Argument { Tag = 4, Pointer = input.Handle };
        arguments[1] = new Argument { Tag = 4, Pointer = weight.Handle };
        Argument result;
        int produced;
        if (Call(Operation, arguments, 2, &result, 1, &produced) != 0) throw new InvalidOperationException("linear failed");
        Release(result.Pointer);
        GC.KeepAlive(input);
        GC.KeepAlive(weight);
    }

    private static nint Bind()
    {
        var bind = (delegate* unmanaged<byte*, byte*, byte**, int, nint*, int>)NativeLibrary.GetExport(Library, "mg_op_bind");
        nint operation;
        fixed (byte* name = "aten::linear\0"u8, overload = "\0"u8, input = "input\0"u8, weight = "weight\0"u8)
        {
            var names = stackalloc byte*[] { input, weight };
            if (bind(name, overload, names, 2, &operation) != 0) throw new InvalidOperationException("linear is missing");
        }

        return operation;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MedicalGpt.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("MedicalGpt.sln");
        return folder.FullName;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Argument
    {
        public int Tag;
        public int Count;
        public nint Pointer;
    }
}
