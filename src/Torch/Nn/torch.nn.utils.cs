namespace MedicalGpt.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Helpers around parameters.</summary>
        public static class utils
        {
            /// <summary>
            /// Scales all gradients so that the norm over all of them is at most max_norm; returns the norm before (NaN or infinite where a
            /// gradient is: then the gradients are scaled by it, as torch does). Tensors without gradient are skipped.
            /// </summary>
            public static double clip_grad_norm_(IEnumerable<Tensor> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var quiet = no_grad();
                var gradients = tensors.Select(t => t.grad).OfType<Tensor>().ToList();
                if (gradients.Count == 0) return 0;
                var total = Aten.linalg_vector_norm(torch.stack(Aten._foreach_norm(gradients, norm_type)), norm_type, null, false, null);
                // As torch: the factor is computed in the gradients' precision and always applied.
                var factor = (max_norm / (total + 1e-6)).clamp(max: 1.0);
                foreach (var gradient in gradients) gradient.mul_(factor.dtype == gradient.dtype ? factor : factor.to(gradient.dtype));
                return total.item<double>();
            }
        }
    }
}
