using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedicalGpt.Torch.Extras;

[assembly: DisableRuntimeMarshalling]

namespace MedicalGpt.Torch.Interop;

/// <summary>The native surface, one to one with <c>native/medgpt_torch.h</c>.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "medgpt_torch";

    static NativeMethods() => NativeLoader.Register();

    [LibraryImport(Library)] internal static partial byte* mg_last_error();
    [LibraryImport(Library)] internal static partial int mg_abi_version();
    [LibraryImport(Library)] internal static partial byte* mg_torch_version();
    [LibraryImport(Library)] internal static partial void mg_free(void* p);

    [LibraryImport(Library)] internal static partial int mg_op_bind(byte* name, byte* overload, byte** argumentNames, int count, nint* op);
    [LibraryImport(Library)] internal static partial int mg_op_find(byte* name, byte* overload, byte** schema);
    [LibraryImport(Library)] internal static partial int mg_op_call(nint op, Value* arguments, int count, Value* results, int capacity, int* produced);

    [LibraryImport(Library)] internal static partial void mg_tensor_retain(nint t);
    [LibraryImport(Library)] internal static partial void mg_tensor_release(nint t);
    [LibraryImport(Library)] internal static partial void mg_tensor_release_all(nint* tensors, int count);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void mg_tensor_get_info(nint t, TensorInfo* info);
    [LibraryImport(Library)] internal static partial int mg_tensor_from_blob(void* data, long* sizes, int dim, int dtype, delegate* unmanaged[Cdecl]<void*, void> release, void* state, nint* result);
    [LibraryImport(Library)] internal static partial int mg_tensor_set_requires_grad(nint t, int value);
    [LibraryImport(Library)] internal static partial int mg_tensor_retain_grad(nint t);
    [LibraryImport(Library)] internal static partial int mg_tensor_get_grad(nint t, nint* grad);
    [LibraryImport(Library)] internal static partial int mg_tensor_set_grad(nint t, nint grad);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int mg_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void mg_set_grad_mode(int enabled);
    [LibraryImport(Library)] internal static partial int mg_backward(nint* tensors, nint* grads, int count, int retainGraph, int createGraph, nint* inputs, int inputCount);
    [LibraryImport(Library)] internal static partial int mg_grad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradOutputs, int retainGraph, int createGraph, int allowUnused, nint* grads);

    [LibraryImport(Library)] internal static partial void mg_sink_output(void* sink, nint t);
    [LibraryImport(Library)] internal static partial void mg_sink_save(void* sink, nint t);
    [LibraryImport(Library)] internal static partial void mg_sink_not_differentiable(void* sink, nint t);
    [LibraryImport(Library)] internal static partial void mg_sink_error(void* sink, byte* text);

    [LibraryImport(Library)]
    internal static partial int mg_function_apply(
        delegate* unmanaged[Cdecl]<void*, nint*, int, void*, int> forward,
        delegate* unmanaged[Cdecl]<void*, nint*, int, nint*, int, void*, int> backward,
        delegate* unmanaged[Cdecl]<void*, void> release,
        void* state, nint* inputs, int count, Value* outputs);

    [LibraryImport(Library)] internal static partial int mg_generator_new(int deviceType, int deviceIndex, ulong seed, nint* result);
    [LibraryImport(Library)] internal static partial int mg_generator_default(int deviceType, int deviceIndex, nint* result);
    [LibraryImport(Library)] internal static partial void mg_generator_release(nint g);
    [LibraryImport(Library)] internal static partial int mg_generator_get_state(nint g, nint* state);
    [LibraryImport(Library)] internal static partial int mg_generator_set_state(nint g, nint state);
    [LibraryImport(Library)] internal static partial int mg_generator_seed(nint g, ulong seed);
    [LibraryImport(Library)] internal static partial ulong mg_generator_initial_seed(nint g);
    [LibraryImport(Library)] internal static partial int mg_manual_seed(ulong seed);

    [LibraryImport(Library)] internal static partial int mg_num_threads();
    [LibraryImport(Library)] internal static partial int mg_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int mg_deterministic();
    [LibraryImport(Library)] internal static partial void mg_set_deterministic(int enabled, int warnOnly);
    [LibraryImport(Library)] internal static partial byte* mg_blas_library();
    [LibraryImport(Library)] internal static partial int mg_blas_threading();

    [LibraryImport(Library)] internal static partial int mg_cuda_built();
    [LibraryImport(Library)] internal static partial int mg_cuda_device_count();
    [LibraryImport(Library)] internal static partial int mg_cuda_synchronize(int deviceIndex);
    [LibraryImport(Library)] internal static partial int mg_cuda_device_name(int deviceIndex, byte* name, int capacity);
    [LibraryImport(Library)] internal static partial int mg_cuda_memory_get(int deviceIndex, CudaMemory* memory);
    [LibraryImport(Library)] internal static partial int mg_cuda_reset_peak(int deviceIndex);
    [LibraryImport(Library)] internal static partial int mg_cuda_tf32();
    [LibraryImport(Library)] internal static partial int mg_cuda_set_tf32(int enabled);

    [LibraryImport(Library)] internal static partial int mg_memory_install();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void mg_memory_get(MemoryCounters* stats);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void mg_memory_reset_peak();

    /// <summary>Text of the last failed call on this thread.</summary>
    internal static string LastError() => Marshal.PtrToStringUTF8((nint)mg_last_error()) ?? "";

    /// <summary>Throws a <see cref="TorchException"/> if a call did not return 0.</summary>
    internal static void Check(int status, string operation)
    {
        if (status != 0) throw TorchException.From(operation, "", LastError());
    }
}
