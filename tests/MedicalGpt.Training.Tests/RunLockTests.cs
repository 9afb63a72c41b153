namespace MedicalGpt.Training.Tests;

public sealed class RunLockTests
{
    [Fact]
    public async Task A_second_run_in_the_same_folder_is_refused_while_the_first_runs()
    {
        using var folder = new TemporaryFolder();
        var output = folder.At("out");
        var first = new AtEveryStep(() => RunLock.Take(new RunDirectory(output)).Dispose());
        await Runs.RunAsync(Runs.Offline(Runs.Options(output, r => r with { MaxSteps = 2, SaveSteps = 1 }), Runs.Rows(8)) with { Progress = first });

        first.Errors.ShouldBe(Enumerable.Repeat($"error: Another run is writing into the output folder.\n  place:   --output-dir\n  given:   {output}\n  allowed: one run at a time\n  remedy:  wait until it has ended, or choose another folder", 2));
        Directory.EnumerateFiles(folder.Path, ".lock", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_run_changes_nothing_and_may_begin_later()
    {
        using var folder = new TemporaryFolder();
        var request = Runs.Offline(Runs.Options(folder.Path, r => r with { MaxSteps = 1 }), Runs.Rows(8));
        using (RunLock.Take(new RunDirectory(folder.Path)))
        {
            (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(request))).Message.ShouldBe("Another run is writing into the output folder.");
            Directory.EnumerateFileSystemEntries(folder.Path).ShouldBe([folder.At(".lock")]);
        }

        await File.WriteAllTextAsync(folder.At(".lock"), ""); // left by a run that was killed
        (await Runs.RunAsync(request)).Completed.ShouldBeTrue();
        File.Exists(folder.At(".lock")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_made_for_a_run_that_wrote_nothing_is_deleted()
    {
        using var folder = new TemporaryFolder();
        await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Runs.Offline(Runs.Options(folder.At("out")), [])));
        Directory.Exists(folder.At("out")).ShouldBeFalse();
    }

    private sealed class AtEveryStep(Action action) : ITrainingProgress
    {
        public List<string> Errors { get; } = [];

        public void Report(TrainingReport report)
        {
            if (report is StepReport)
                Errors.Add(Should.Throw<MedicalGptException>(action).ToBlock());
        }
    }
}
