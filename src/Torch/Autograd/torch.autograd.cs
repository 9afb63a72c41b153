using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Automatic differentiation.</summary>
    public static class autograd
    {
        /// <summary>Adds the gradients of tensors (with outer gradients grad_tensors; null for scalars) to those of all leaves, or of inputs only.</summary>
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            fixed (nint* roots = Handles.Of([.. tensors]))
            fixed (nint* grads = grad_tensors is null ? null : Handles.Of([.. grad_tensors]))
            fixed (nint* wanted = inputs is null ? null : Handles.Of([.. inputs]))
            {
                var status = NativeMethods.mg_backward(roots, grads, tensors.Count, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, wanted, inputs?.Count ?? 0);
                if (status != 0) throw TorchException.From("backward", string.Join(", ", tensors), NativeMethods.LastError(), ManagedFunction.TakePending());
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <summary>Gradients of outputs (with outer gradients grad_outputs) with respect to inputs; nothing is accumulated. Unused inputs give null where allowed.</summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var results = new nint[inputs.Count];
            fixed (nint* roots = Handles.Of([.. outputs]))
            fixed (nint* wanted = Handles.Of([.. inputs]))
            fixed (nint* outer = grad_outputs is null ? null : Handles.Of([.. grad_outputs]))
            fixed (nint* found = results)
            {
                var status = NativeMethods.mg_grad(roots, outputs.Count, wanted, inputs.Count, outer, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, found);
                if (status != 0) throw TorchException.From("grad", string.Join(", ", outputs), NativeMethods.LastError(), ManagedFunction.TakePending());
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            var gradients = new Tensor[results.Length];
            for (var i = 0; i < results.Length; i++) gradients[i] = results[i] == 0 ? null! : new Tensor(results[i]);
            return gradients;
        }
    }
}
