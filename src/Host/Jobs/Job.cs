using MedicalGpt.Host.Commands;

namespace MedicalGpt.Host.Jobs;

/// <summary>A piece of work of the host: a prepared command with an id, a state and its own cancellation.</summary>
internal sealed class Job : IDisposable
{
    private readonly Func<CancellationToken, Task<CommandResult>> _work;
    private readonly CancellationTokenSource _cancellation;
    private readonly TaskCompletionSource<CommandResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes a job.</summary>
    /// <param name="id">Its id, unique in the process.</param>
    /// <param name="name">The command it runs.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Job(int id, string name, Func<CancellationToken, Task<CommandResult>> work, CancellationToken cancellationToken)
    {
        Id = id;
        Name = name;
        _work = work;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Its id.</summary>
    public int Id { get; }

    /// <summary>The command it runs.</summary>
    public string Name { get; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; private set; }

    /// <summary>Ends with the job: its result, or its error.</summary>
    public Task<CommandResult> Completion => _completion.Task;

    /// <summary>Asks the job to stop.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    /// <summary>Does the work; errors go to <see cref="Completion"/>.</summary>
    /// <param name="stopping">The host stops.</param>
    /// <returns>A task that never fails.</returns>
    internal async Task RunAsync(CancellationToken stopping)
    {
        using var registration = stopping.Register(Cancel);
        State = JobState.Running;
        try
        {
            _cancellation.Token.ThrowIfCancellationRequested();
            var result = await _work(_cancellation.Token);
            State = JobState.Completed;
            _completion.SetResult(result);
        }
        catch (OperationCanceledException error)
        {
            State = JobState.Interrupted;
            _completion.SetException(error);
        }
        catch (Exception error)
        {
            State = JobState.Failed;
            _completion.SetException(error);
        }
    }
}
