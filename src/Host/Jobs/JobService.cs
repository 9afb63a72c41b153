using System.Threading.Channels;
using MedicalGpt.Host.Commands;
using Microsoft.Extensions.Hosting;

namespace MedicalGpt.Host.Jobs;

/// <summary>Runs jobs of the host one after another (they share the models' device and threads).</summary>
internal sealed class JobService : BackgroundService
{
    private readonly Channel<Job> _queue = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private int _lastId;

    /// <summary>Queues work and waits for its end.</summary>
    /// <param name="name">The command.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cancels this job.</param>
    /// <returns>The result.</returns>
    public async Task<CommandResult> RunAsync(string name, Func<CancellationToken, Task<CommandResult>> work, CancellationToken cancellationToken)
    {
        using var job = new Job(Interlocked.Increment(ref _lastId), name, work, cancellationToken);
        await _queue.Writer.WriteAsync(job, cancellationToken);
        return await job.Completion;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var job in _queue.Reader.ReadAllAsync(stoppingToken))
            await job.RunAsync(stoppingToken);
    }
}
