using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Torch.Interop;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch;

/// <summary>Connects <see cref="DifferentiableFunction"/> to libtorch: callbacks open their own scope, restore the grad mode and let no exception out.</summary>
internal static unsafe class ManagedFunction
{
    [ThreadStatic] private static Exception? pending;

    /// <summary>The exception that a callback of this thread ended with, once.</summary>
    internal static Exception? TakePending()
    {
        var taken = pending;
        pending = null;
        return taken;
    }

    internal static Tensor[] Apply(DifferentiableFunction function, Tensor[] inputs)
    {
        var state = GCHandle.Alloc(function);
        Value outputs;
        fixed (nint* handles = Handles.Of(inputs))
        {
            var status = NativeMethods.mg_function_apply(&Forward, &Backward, &Release, (void*)GCHandle.ToIntPtr(state), handles, inputs.Length, &outputs);
            if (status != 0) throw TorchException.From(function.GetType().Name, string.Join<Tensor>(", ", inputs), NativeMethods.LastError(), TakePending());
        }

        GC.KeepAlive(inputs);
        return Dispatch.Tensors(outputs);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Forward(void* state, nint* inputs, int count, void* sink) => Guard(sink, () =>
    {
        var function = (DifferentiableFunction)GCHandle.FromIntPtr((nint)state).Target!;
        var context = new ForwardContext();
        var outputs = function.Forward(Borrow(inputs, count)!, context);
        foreach (var output in outputs) NativeMethods.mg_sink_output(sink, output.Handle);
        foreach (var saved in context.Saved) NativeMethods.mg_sink_save(sink, saved.Handle);
        foreach (var fixedOutput in context.NotDifferentiable) NativeMethods.mg_sink_not_differentiable(sink, fixedOutput.Handle);
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Backward(void* state, nint* grads, int count, nint* saved, int savedCount, void* sink) => Guard(sink, () =>
    {
        var function = (DifferentiableFunction)GCHandle.FromIntPtr((nint)state).Target!;
        foreach (var gradient in function.Backward(Borrow(grads, count), Borrow(saved, savedCount)!)) NativeMethods.mg_sink_output(sink, gradient is null ? 0 : gradient.Handle);
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(void* state) => GCHandle.FromIntPtr((nint)state).Free();

    private static int Guard(void* sink, Action body)
    {
        var mode = NativeMethods.mg_grad_mode();
        var outer = DisposeScopeManager.Current;
        try
        {
            using var scope = NewDisposeScope();
            body();
            return 0;
        }
        catch (Exception problem)
        {
            pending = problem;
            fixed (byte* text = Encoding.UTF8.GetBytes(problem.Message + '\0')) NativeMethods.mg_sink_error(sink, text);
            return 1;
        }
        finally
        {
            NativeMethods.mg_set_grad_mode(mode);
            DisposeScopeManager.Current = outer;
        }
    }

    private static Tensor?[] Borrow(nint* handles, int count)
    {
        var tensors = new Tensor?[count];
        for (var i = 0; i < count; i++)
        {
            NativeMethods.mg_tensor_retain(handles[i]);
            tensors[i] = handles[i] == 0 ? null : new Tensor(handles[i]);
        }

        return tensors;
    }
}
