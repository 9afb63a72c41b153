namespace MedicalGpt.Training.Tests;

public sealed class ComputeThreadTests
{
    [Fact]
    public async Task Work_that_awaits_comes_back_to_the_thread()
    {
        using var compute = new ComputeThread();

        var (before, between, after) = await compute.RunAsync(async () =>
        {
            var first = compute.IsCurrent;
            var elsewhere = await Task.Run(() => compute.IsCurrent);
            await Task.Yield();
            return (first, elsewhere, compute.IsCurrent);
        });

        (before, between, after).ShouldBe((true, false, true));
        compute.IsCurrent.ShouldBeFalse();
    }

    [Fact]
    public async Task Errors_and_cancellation_reach_the_caller()
    {
        using var compute = new ComputeThread();
        await Should.ThrowAsync<FormatException>(() => compute.RunAsync(() => int.Parse("no", System.Globalization.CultureInfo.InvariantCulture)));
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => compute.RunAsync<int>(async () =>
        {
            await Task.Delay(-1, source.Token);
            return 1;
        }));
    }
}
