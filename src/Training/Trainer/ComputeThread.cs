using System.Collections.Concurrent;
using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>
/// The one thread that touches tensors. Work that awaits comes back to it, so scopes and gradient mode (which belong to a thread) stay right,
/// and the tensor library keeps a single team of worker threads (each calling thread gets its own).
/// </summary>
public sealed class ComputeThread : IDisposable
{
    private readonly BlockingCollection<Action> queue = [];
    private readonly Thread thread;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Name shown in a debugger.</param>
    public ComputeThread(string name = "compute")
    {
        thread = new Thread(Run, 16 << 20) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>True on the compute thread itself.</summary>
    public bool IsCurrent => Thread.CurrentThread == thread;

    /// <summary>Runs work that may await; continuations return to this thread.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="work">The work.</param>
    /// <returns>Its result.</returns>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        if (IsCurrent)
            return work();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(() => Start(work, done));
        return done.Task;
    }

    /// <summary>Runs work that does not await.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="work">The work.</param>
    /// <returns>Its result.</returns>
    public Task<T> RunAsync<T>(Func<T> work) => RunAsync(() =>
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Task.FromException<T>(error);
        }
    });

    /// <summary>Lets queued work finish and ends the thread.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        if (!IsCurrent)
            thread.Join();
        queue.Dispose();
    }

    // Copies the task's outcome by hand: ContinueWith would leave this thread.
    private static async void Start<T>(Func<Task<T>> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(await work());
        }
        catch (OperationCanceledException canceled)
        {
            done.SetCanceled(canceled.CancellationToken);
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        var started = false;
        foreach (var action in queue.GetConsumingEnumerable())
        {
            if (!started && ProcessorCores.Threads is { } threads)
                SetThreads(threads);
            started = true;
            action();
        }
    }

    private static void SetThreads(int threads)
    {
        try
        {
            set_num_threads(threads);
        }
        catch (Exception error) when (error is TorchException or TensorLibraryException)
        {
            // The library cannot be loaded: the work meets the same fault, and its caller hears of it. Here it would end the process.
        }
    }

    private sealed class Context(ComputeThread owner) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => owner.queue.Add(() => d(state));

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (owner.IsCurrent)
                d(state);
            else
                throw new NotSupportedException("work is posted to the compute thread, never sent");
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
