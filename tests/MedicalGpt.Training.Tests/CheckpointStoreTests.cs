namespace MedicalGpt.Training.Tests;

public sealed class CheckpointStoreTests
{
    [Fact]
    public void Only_the_newest_checkpoints_are_kept_and_auto_finds_the_last_complete_one()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(new RunDirectory(folder.Path), limit: 2);
        foreach (var step in new[] { 2, 4, 10 })
            store.Write(step, to => File.WriteAllText(Path.Combine(to, "weights"), $"{step}"));
        Directory.CreateDirectory(folder.At("checkpoint-12")); // without a manifest: a crash

        new RunDirectory(folder.Path).Checkpoints().Select(c => c.Step).ShouldBe([4, 10]);
        store.Find("auto").ShouldBe(folder.At("checkpoint-10"));
        CheckpointManifest.Verify(folder.At("checkpoint-10")).Files.Single().Name.ShouldBe("weights");
        store.Find(folder.At("checkpoint-10/")).ShouldBe(folder.At("checkpoint-10")); // as a shell completes it
        CheckpointManifest.Verify(folder.At("checkpoint-10/")).Files.Single().Name.ShouldBe("weights");
    }

    [Fact]
    public void A_failed_write_leaves_no_trace_and_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(new RunDirectory(folder.Path), limit: null);
        store.Write(1, to => File.WriteAllText(Path.Combine(to, "weights"), "1"));

        var error = Should.Throw<MedicalGptException>(() => store.Write(2, to =>
        {
            File.WriteAllText(Path.Combine(to, "weights"), "half");
            throw new IOException("No space left on device : '/x'");
        }));

        error.ToBlock().ShouldBe($"error: The run cannot be saved. Earlier checkpoints are untouched.\n  place:   {folder.At("checkpoint-2")}\n  given:   No space left on device : '/x'\n  remedy:  free some disk space or choose another --output-dir, then continue with --resume-from-checkpoint auto");
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBe([folder.At("checkpoint-1")]);
    }

    [Fact]
    public void A_result_leaves_nothing_of_the_tokenizer_that_it_replaces()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("additional_chat_templates"));
        foreach (var earlier in new[] { "tokenizer.json", "chat_template.jinja", "additional_chat_templates/tool_use.jinja", "notes.txt" })
            File.WriteAllText(folder.At(earlier), "earlier");
        var store = new CheckpointStore(new RunDirectory(folder.Path), limit: null);

        store.WriteResult(to => File.WriteAllText(Path.Combine(to, "model.safetensors"), "weights")); // rows of token ids: no tokenizer
        File.Exists(folder.At("chat_template.jinja")).ShouldBeTrue();
        store.WriteResult(to => File.WriteAllText(Path.Combine(to, "tokenizer.json"), "new"));

        File.ReadAllText(folder.At("tokenizer.json")).ShouldBe("new");
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order().ShouldBe(["model.safetensors", "notes.txt", "tokenizer.json"]);
    }

    [Fact]
    public void A_changed_file_is_noticed()
    {
        using var folder = new TemporaryFolder();
        var path = new CheckpointStore(new RunDirectory(folder.Path), limit: null).Write(1, to => File.WriteAllText(Path.Combine(to, "weights"), "1"));
        File.WriteAllText(Path.Combine(path, "weights"), "2");
        Should.Throw<MedicalGptException>(() => CheckpointManifest.Verify(path)).Message.ShouldBe($"checkpoint {path} is damaged: weights differs from its manifest; resume from another checkpoint");
    }

    [Fact]
    public void A_manifest_cannot_name_files_outside_its_folder()
    {
        using var folder = new TemporaryFolder();
        new CheckpointManifest(1, [new CheckpointFile("../other", 1, "00")]).Write(folder.Path);
        Should.Throw<MedicalGptException>(() => CheckpointManifest.Verify(folder.Path)).Message.ShouldContain("names a file outside its folder (../other)");
    }

    [Fact]
    public void A_folder_with_results_is_not_overwritten_unasked()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("adapter_model.safetensors"), "");
        File.WriteAllText(folder.At("notes.txt"), "mine");
        Should.Throw<MedicalGptException>(() => new RunDirectory(folder.Path).RequireFree(overwrite: false))
            .Message.ShouldBe($"--output_dir {folder.Path} holds the results of an earlier run (adapter_model.safetensors); choose another folder, continue it with --resume_from_checkpoint auto, or replace it with --overwrite_output_dir true");
        new RunDirectory(folder.Path).RequireFree(overwrite: true);
        new RunDirectory(folder.Path).Clear();
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBe([folder.At("notes.txt")]);
    }

    [Fact]
    public void Files_that_no_run_wrote_are_not_replaced_unasked()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), "{}");
        Should.Throw<MedicalGptException>(() => new RunDirectory(folder.Path).RequireFree(overwrite: false)).Message.ShouldContain("config.json");
    }

    [Fact]
    public void The_model_that_a_run_starts_from_is_not_deleted()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<MedicalGptException>(() => new RunDirectory(folder.Path).RequireApart([null, folder.Path + "/"])).Message.ShouldContain("would delete the model");
        new RunDirectory(folder.Path).RequireApart([Path.Combine(folder.Path, "base")]);
    }

    [Fact]
    public void Logs_are_cut_back_to_the_checkpoint()
    {
        using var folder = new TemporaryFolder();
        var directory = new RunDirectory(folder.Path);
        File.WriteAllText(directory.MetricsFile, "{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n{\"ste");
        directory.RewindLogs(2);
        File.ReadAllText(directory.MetricsFile).ShouldBe("{\"step\":1}\n{\"step\":2}\n");
    }
}
