using MedicalGpt.Torch.Modules;

namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Optimisers.</summary>
    public static partial class optim
    {
        /// <summary>Something whose learning rate a schedule sets.</summary>
        public interface ILearningRateController
        {
            /// <summary>Rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>Rate that schedules scale.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Changes parameters along their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            /// <summary>Groups of parameters with settings of their own.</summary>
            public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

            /// <summary>All parameters, group by group.</summary>
            public abstract IEnumerable<Parameter> parameters();

            /// <summary>One update from the gradients at hand; the closure, if any, computes loss and gradients first.</summary>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>Frees all gradients.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters()) parameter.grad = null;
            }

            /// <summary>Frees the optimiser's state.</summary>
            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the optimiser's state.</summary>
            /// <param name="disposing">Always true.</param>
            protected abstract void Dispose(bool disposing);
        }

        /// <summary>Adam with decoupled weight decay.</summary>
        public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Adam with decoupled weight decay over groups with settings of their own.</summary>
        public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
    }
}
