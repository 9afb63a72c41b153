namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Building blocks of networks.</summary>
    public static partial class nn
    {
        /// <summary>Stateless functions.</summary>
        public static partial class functional
        {
            /// <summary>Rows of weights [V, d] at x's indices: [..., d].</summary>
            public static Tensor embedding(Tensor x, Tensor weights) => Aten.embedding(weights, x);

            /// <summary>Zeroes elements with probability p and scales the others by 1 / (1 - p), while training.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Aten.dropout_(input, p, training) : Aten.dropout(input, p, training);

            /// <summary>x * sigmoid(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_() : x.silu();

            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.clamp_(min: 0) : x.relu();

            /// <summary>Cross-entropy of logits [n, V] and targets [n]; ignore_index counts neither in the sum nor in the mean.</summary>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Aten.cross_entropy_loss(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Negative log likelihood of log-probabilities [n, V] and targets [n]; targets of -100 are ignored.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.nll_loss_nd(input, target, weight, (long)reduction, -100);

            /// <summary>Squared differences.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Aten.mse_loss(input, target, (long)reduction);

            /// <summary>Cross-entropy of logits and probabilities of the true class.</summary>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.binary_cross_entropy_with_logits(input, target, weight, pos_weights, (long)reduction);

            /// <summary>Elements added at the ends of dimensions: pad is (before, after) of the last dimension, then of the one before it, ...</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, double value = 0) => Aten.constant_pad_nd(input, pad, value);
        }

        /// <summary>A parameter over data's storage.</summary>
        public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
    }
}
