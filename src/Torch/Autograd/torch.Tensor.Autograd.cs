using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Accumulated gradient of a leaf; null before the first backward. Setting null frees it.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint result = 0;
                NativeMethods.Check(NativeMethods.mg_tensor_get_grad(Handle, &result), "grad");
                GC.KeepAlive(this);
                return result == 0 ? null : new Tensor(result);
            }

            set
            {
                NativeMethods.Check(NativeMethods.mg_tensor_set_grad(Handle, value is null ? 0 : value.Handle), "grad");
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Makes this leaf a (non-)parameter, in place.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            if (NativeMethods.mg_tensor_set_requires_grad(Handle, requires_grad ? 1 : 0) != 0) throw TorchException.From("requires_grad_", $"self {this}", NativeMethods.LastError());
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Makes this leaf a (non-)parameter, in place.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of this non-leaf, too.</summary>
        public void retain_grad()
        {
            NativeMethods.Check(NativeMethods.mg_tensor_retain_grad(Handle), "retain_grad");
            GC.KeepAlive(this);
        }

        /// <summary>Adds d this / d leaf to the gradient of every leaf. This is a scalar, or grad_tensors holds its outer gradient.</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
