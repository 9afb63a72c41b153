using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Components;

/// <summary>Work with tensors that learns nothing.</summary>
internal static class Compute
{
    /// <summary>Runs work on a compute thread of its own, in a dispose scope, without gradients.</summary>
    /// <typeparam name="T">Type of the result; no tensor.</typeparam>
    /// <param name="threads">Threads of the tensor library; 0 = as many as it takes by itself.</param>
    /// <param name="work">The work.</param>
    /// <returns>Its result.</returns>
    public static async Task<T> RunAsync<T>(int threads, Func<T> work)
    {
        using var compute = new ComputeThread();
        return await compute.RunAsync(() => Quietly(threads, work));
    }

    /// <summary>The same on the current thread, which must be a compute thread.</summary>
    /// <typeparam name="T">Type of the result; no tensor.</typeparam>
    /// <param name="threads">Threads of the tensor library; 0 = as many as it takes by itself.</param>
    /// <param name="work">The work.</param>
    /// <returns>Its result.</returns>
    public static T Quietly<T>(int threads, Func<T> work)
    {
        if (threads > 0)
            set_num_threads(threads);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return work();
    }
}
