using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>A model is replaced whole or not at all: whatever fails while the new one is written, the old one still loads.</summary>
public sealed class FolderUpdateTests : IDisposable
{
    private const long Small = 200_000;
    private static readonly string Source = Path.Combine(Golden.Root, "models/qwen2_tied/model");
    private readonly string folder = Directory.CreateTempSubdirectory("medgpt-update").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [InlineData(null)]
    [InlineData(Small)]
    public void A_weight_that_cannot_be_read_leaves_the_old_model(long? shards)
    {
        using var model = Models.Folder.LoadCausal(Source, new LoadOptions());
        ModelFolder.Save(model, folder, shards);
        var before = Contents();
        using var other = Models.Folder.LoadCausal(Source, new LoadOptions());
        // The last file fails, when the others are complete.
        other.Parameters.Single(p => p.Name == "model.norm.weight").Value.Dispose();
        Should.Throw<Exception>(() => ModelFolder.Save(other, folder, Small / 2));
        ShouldBeUntouched(before);
    }

    [Theory]
    [InlineData("model-00003-of-00005.safetensors", Small)]
    [InlineData("model.safetensors.index.json", Small)]
    [InlineData("model.safetensors", null)]
    public void A_folder_in_the_place_of_a_new_file_leaves_the_old_model(string blocked, long? shards)
    {
        using var model = Models.Folder.LoadCausal(Source, new LoadOptions());
        ModelFolder.Save(model, folder, shards is null ? Small : null);
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), "{}");
        Directory.CreateDirectory(Path.Combine(folder, blocked, "somebody's"));
        var before = Contents();
        var error = Should.Throw<Exception>(() => ModelFolder.Save(model, folder, shards ?? long.MaxValue));
        (error is IOException or UnauthorizedAccessException).ShouldBeTrue(error.ToString());
        ShouldBeUntouched(before);
    }

    [Fact]
    public void Another_layout_takes_the_place_of_the_old_one_whole()
    {
        using var model = Models.Folder.LoadCausal(Source, new LoadOptions());
        Directory.CreateDirectory(Path.Combine(folder, ".saving", "model.safetensors")); // of a run that was killed
        ModelFolder.Save(model, folder, Small);
        var five = Contents().Keys.ToArray();
        five.ShouldBe(["config.json", "generation_config.json", .. Enumerable.Range(1, 5).Select(i => $"model-0000{i}-of-00005.safetensors"), "model.safetensors.index.json"]);
        ModelFolder.Save(model, folder, Small / 2);
        Contents().Keys.ShouldNotContain("model-00001-of-00005.safetensors");
        ModelFolder.Save(model, folder);
        Contents().Keys.ShouldBe(["config.json", "generation_config.json", "model.safetensors"]);
        File.ReadAllBytes(Path.Combine(folder, "model.safetensors")).ShouldBe(File.ReadAllBytes(Path.Combine(Source, "model.safetensors")));
    }

    [Fact]
    public void An_adapter_that_cannot_be_written_leaves_the_old_one()
    {
        using (var model = Models.Random(options: new LoadOptions { NewAdapter = new LoraOptions { Rank = 2 } }))
            model.Adapter!.Save(folder, "base");
        var before = Contents();
        using var other = Models.Random(options: new LoadOptions { NewAdapter = new LoraOptions { Rank = 3 } });
        other.Adapter!.Parameters[^1].Value.Dispose();
        Should.Throw<Exception>(() => other.Adapter!.Save(folder, "base"));
        Contents().ShouldBe(before);
        using var back = Models.Random();
        LoraAdapter.Read(back, folder, trained: false).Options.Rank.ShouldBe(2);
    }

    [Fact]
    public void An_empty_folder_is_empty_again()
    {
        Should.Throw<IOException>(() => FolderUpdate.Write(folder, staging =>
        {
            staging.ShouldBe(folder);
            Directory.CreateDirectory(Path.Combine(staging, "additional_chat_templates"));
            File.WriteAllText(Path.Combine(staging, "config.json"), "{}");
            throw new IOException("No space left on device");
        }));
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    private void ShouldBeUntouched(SortedDictionary<string, string> before)
    {
        Contents().ShouldBe(before);
        using var scope = NewDisposeScope();
        using var original = Models.Folder.LoadCausal(Source, new LoadOptions());
        using var back = Models.Folder.LoadCausal(folder, new LoadOptions());
        foreach (var (a, b) in original.Parameters.Zip(back.Parameters))
            Check.Host(b.Value).ShouldBe(Check.Host(a.Value), a.Name);
    }

    private SortedDictionary<string, string> Contents() =>
        new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))), StringComparer.Ordinal);
}
