using MedicalGpt.Torch.Modules;

namespace MedicalGpt.Torch;

public static partial class torch
{
    public static partial class optim
    {
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
    }
}
