using System.Text;
using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

/// <summary>Binds every operator of <see cref="Operator"/> against the loaded libtorch, once; reports all that are missing in one error.</summary>
internal static unsafe class OperatorTable
{
    internal static nint[] Bind(OperatorEntry[] entries)
    {
        var handles = new nint[entries.Length];
        var missing = new List<string>();
        for (var i = 0; i < entries.Length; i++)
        {
            var problem = Bind(entries[i], out handles[i]);
            if (problem is not null && entries[i].Since.Length == 0) missing.Add($"{entries[i].FullName}: {problem}");
        }

        if (missing.Count > 0)
            throw new TorchException($"libtorch {Version} lacks {missing.Count} operator(s) that this build needs:\n  {string.Join("\n  ", missing)}\nUse libtorch 1.13 or newer (LIBTORCH=folder).");
        return handles;
    }

    internal static string Version => System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)NativeMethods.mg_torch_version()) ?? "";

    private static string? Bind(OperatorEntry entry, out nint handle)
    {
        var names = entry.Arguments.Select(a => Encoding.UTF8.GetBytes(a + '\0')).ToArray();
        var pins = names.Select(n => System.Runtime.InteropServices.GCHandle.Alloc(n, System.Runtime.InteropServices.GCHandleType.Pinned)).ToArray();
        try
        {
            var pointers = stackalloc byte*[Math.Max(1, names.Length)];
            for (var i = 0; i < names.Length; i++) pointers[i] = (byte*)pins[i].AddrOfPinnedObject();
            nint bound = 0;
            fixed (byte* name = Encoding.UTF8.GetBytes(entry.Name + '\0'))
            fixed (byte* overload = Encoding.UTF8.GetBytes(entry.Overload + '\0'))
            {
                var failed = NativeMethods.mg_op_bind(name, overload, pointers, names.Length, &bound) != 0;
                handle = bound;
                return failed ? NativeMethods.LastError() : null;
            }
        }
        finally
        {
            foreach (var pin in pins) pin.Free();
        }
    }
}
