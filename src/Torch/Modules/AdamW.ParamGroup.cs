namespace MedicalGpt.Torch.Modules;

public sealed partial class AdamW
{
    /// <summary>Parameters that share a learning rate, decay and the other settings.</summary>
    public sealed class ParamGroup : torch.optim.ILearningRateController
    {
        /// <summary>A group with settings of its own.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            Parameters = [.. parameters];
            LearningRate = InitialLearningRate = lr;
            Betas = (beta1, beta2);
            Epsilon = eps;
            WeightDecay = weight_decay;
            Amsgrad = amsgrad;
            Maximize = maximize;
        }

        /// <inheritdoc/>
        public double LearningRate { get; set; }

        /// <inheritdoc/>
        public double InitialLearningRate { get; set; }

        /// <summary>Decay of the two moving averages.</summary>
        public (double, double) Betas { get; set; }

        internal IReadOnlyList<Parameter> Parameters { get; }

        internal double Epsilon { get; }

        internal double WeightDecay { get; }

        internal bool Amsgrad { get; }

        internal bool Maximize { get; }
    }
}
