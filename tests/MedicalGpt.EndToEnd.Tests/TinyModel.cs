namespace MedicalGpt.EndToEnd.Tests;

/// <summary>A tokenizer and a model of random weights, made once by the real commands, for tests with text.</summary>
public sealed class TinyModel : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The model's folder, tokenizer included.</summary>
    public string Folder => _folder["model"];

    /// <summary>A model of the same shape and another seed.</summary>
    public string Other => _folder["other"];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var text = _folder.Write("corpus.txt", string.Join('\n', Enumerable.Range(0, 60).Select(i => $"Take {i} mg of metformin daily. 每天服用 {i} 毫克二甲双胍。")));
        (await Medgpt.RunAsync("tokenizer", "train", "--train-file-dir", text, "--vocab-size", "320", "--output-dir", _folder["tokenizer"])).ShouldSucceed();
        foreach (var (folder, seed) in new[] { (Folder, "3"), (Other, "4") })
            (await Medgpt.RunAsync("model", "init", "--tokenizer", _folder["tokenizer"], "--output-dir", folder, "--hidden-size", "32", "--layers", "2", "--initializer-range", "0.3", "--seed", seed)).ShouldSucceed();
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
