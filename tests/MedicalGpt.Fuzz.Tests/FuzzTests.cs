using System.Diagnostics;
using MedicalGpt.Fuzz.Tests.Support;
using MedicalGpt.Fuzz.Tests.Targets;

namespace MedicalGpt.Fuzz.Tests;

/// <summary>Damaged input of every reader gives a result or a readable error: never another exception, a hang over 2 s or memory over 512 MB.
/// The normal run reads 2,000 inputs, <c>./test.sh --long</c> 100,000 others; inputs that were found to do harm stay in Found.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20261125;
    private const int Normal = 286;
    private const int Long = 14_300;

    public static TheoryData<string> Targets => ["jsonl", "csv", "tokenizer", "jinja", "safetensors", "card"];

    [Theory]
    [MemberData(nameof(Targets))]
    public Task Two_thousand_damaged_inputs(string name) => WithAsync(name, run => run.MutateAsync(Normal, Seed));

    [Trait("Category", "Long")]
    [Theory]
    [MemberData(nameof(Targets))]
    public Task A_hundred_thousand_damaged_inputs(string name) => WithAsync(name, run => run.MutateAsync(Long, Seed + 1));

    [Theory]
    [MemberData(nameof(Targets))]
    public Task Inputs_that_did_harm_are_harmless(string name) => WithAsync(name, run => run.ReplayAsync());

    [SharedFact(SharedFactAttribute.Parquet)]
    public Task Damaged_parquet_files() => WithAsync("parquet", run => run.MutateAsync(Normal, Seed));

    [Trait("Category", "Long")]
    [SharedFact(SharedFactAttribute.Parquet)]
    public Task Many_damaged_parquet_files() => WithAsync("parquet", run => run.MutateAsync(Long, Seed + 1));

    [SharedFact(SharedFactAttribute.Parquet)]
    public Task Parquet_files_that_did_harm_are_harmless() => WithAsync("parquet", run => run.ReplayAsync());

    [Fact]
    public async Task The_watch_sees_what_it_should()
    {
        await ShouldSeeAsync("ended with InvalidOperationException", _ => throw new InvalidOperationException("broken"));
        await ShouldSeeAsync("took", _ =>
        {
            for (var i = 0; i < 600; i++)
                GC.KeepAlive(new byte[1 << 20]);
        });
        await ShouldSeeAsync("of processor time", _ =>
        {
            var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            while (Environment.CpuUsage.TotalTime - before < TimeSpan.FromSeconds(2.2) || clock.Elapsed < TimeSpan.FromSeconds(2.2))
                Thread.SpinWait(1000);
        });
        await ShouldSeeAsync("1 inputs were read, 0 refused", _ => { });
    }

    private static async Task ShouldSeeAsync(string problem, Action<byte[]> read)
    {
        var target = new FuzzTarget("watched", [[1]], [[2]], (input, _) =>
        {
            read(input);
            return Task.CompletedTask;
        });
        var error = await Should.ThrowAsync<Exception>(() => new FuzzRun(target).MutateAsync(1, Seed));
        error.Message.ShouldContain(problem);
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), "medgpt-fuzz-watched-*"))
            File.Delete(file);
    }

    private static async Task WithAsync(string name, Func<FuzzRun, Task> work)
    {
        using var scratch = new Scratch();
        await work(new FuzzRun(Target(name, scratch)));
    }

    private static FuzzTarget Target(string name, Scratch scratch) => name switch
    {
        "jsonl" => RowTargets.Json(scratch),
        "csv" => RowTargets.Csv(scratch),
        "parquet" => ParquetTarget.Create(scratch, SharedFactAttribute.Find(SharedFactAttribute.Parquet)!),
        "tokenizer" => TokenizerTarget.Files(scratch),
        "jinja" => TokenizerTarget.Template(scratch),
        "card" => CardTarget.Create(scratch),
        _ => SafetensorsTarget.Create(scratch),
    };
}
