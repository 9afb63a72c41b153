namespace MedicalGpt.Host.Tests.Support;

/// <summary>A recipe of real commands that take little time: two tokenizers, and a model on the first one.</summary>
internal sealed class CheapRecipe : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CheapRecipe()
    {
        Corpus = _folder.Write("corpus.txt", string.Join('\n', Enumerable.Range(0, 60).Select(i => $"Take {i} mg of metformin daily.")));
        Write(width: 16);
    }

    public string Corpus { get; }

    public string Output => _folder["out"];

    public string Path => _folder["cheap.yaml"];

    /// <summary>What the terminal says of each stage in the last run: run or skipped.</summary>
    public string Last { get; private set; } = "";

    public void Write(int width) => _folder.Write("cheap.yaml", $$"""
        name: cheap
        summary: three cheap stages
        inputs:
          output_dir: { default: '{{Output}}' }
          seed: { type: integer, default: 1, help: Seed of the weights }
          vocabulary: { type: integer, default: 300, help: "Tokens of the first tokenizer" }
        stages:
          tokenizer:
            command: tokenizer train
            options: { train_file_dir: '{{Corpus}}', vocab_size: "${vocabulary}", output_dir: "${output_dir}/tokenizer" }
          other:
            command: tokenizer train
            options: { train_file_dir: '{{Corpus}}', vocab_size: 280, output_dir: "${output_dir}/other" }
          base:
            command: model init
            options: { tokenizer: "${tokenizer}", hidden_size: {{width}}, layers: 1, heads: 2, kv_heads: 1, intermediate_size: 16, seed: "${seed}", output_dir: "${output_dir}/base" }
        """);

    /// <summary>Runs the recipe in a host of its own, as a new process would.</summary>
    public async Task<string> RunAsync(params string[] flags)
    {
        await using var host = await TestHost.StartAsync();
        try
        {
            (await host.RunAsync(["run", Path, .. flags])).ShouldBe(0, host.Terminal.Text);
        }
        finally
        {
            Last = host.Terminal.Text;
        }

        return string.Join(' ', new[] { "tokenizer", "other", "base" }.Where(stage => !Last.Contains($" {stage}: finished before, skipped", StringComparison.Ordinal)));
    }

    public string this[string name] => System.IO.Path.Combine(Output, name);

    public void Dispose() => _folder.Dispose();
}
