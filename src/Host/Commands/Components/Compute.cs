using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Components;

/// <summary>Work with tensors that learns nothing, on the host's compute thread.</summary>
/// <param name="thread">Gives the thread; asked when the first work comes.</param>
internal sealed class Compute(Func<ComputeThread> thread)
{
    private readonly Lazy<ComputeThread> _thread = new(thread);

    /// <summary>The thread itself, for services that need it.</summary>
    public ComputeThread Thread => _thread.Value;

    /// <summary>Runs work in a dispose scope, without gradients.</summary>
    /// <typeparam name="T">Type of the result; no tensor.</typeparam>
    /// <param name="threads">Threads of the tensor library; 0 = as many as it takes by itself.</param>
    /// <param name="work">The work.</param>
    /// <returns>Its result.</returns>
    public Task<T> RunAsync<T>(int threads, Func<T> work) => Thread.RunAsync(() =>
    {
        var before = get_num_threads();
        if (threads > 0)
            set_num_threads(threads);
        try
        {
            using var scope = NewDisposeScope();
            using var still = no_grad();
            return work();
        }
        finally
        {
            set_num_threads(before);
        }
    });
}
