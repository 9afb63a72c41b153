using System.Text;
using MedicalGpt.Data;
using MedicalGpt.Fuzz.Tests.Support;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Fuzz.Tests.Targets;

/// <summary>The head of a dataset's README.md, in which its configurations are listed.</summary>
internal static class CardTarget
{
    private static readonly string[] Cards =
    [
        "---\nlicense: mit\nconfigs:\n- config_name: a\n  default: true\n  data_files:\n  - split: train\n    path: \"part-*.jsonl\"\n  - split: validation\n    path: [held.jsonl]\n- config_name: b\n  data_dir: other\n  data_files: \"**/[ab]?.jsonl\"\n---\n# D\n",
        "---\nshared: &files\n  - {split: train, path: part-0.jsonl}\nconfigs: [{config_name: a, data_files: *files}, {config_name: c, data_dir: ., data_files: *files}]\n---\n",
        "---\nconfigs:\n  - config_name: >-\n      a\n    data_files: {train: part-0.jsonl, test: |\n      held.jsonl\n      }\n---\n",
    ];

    private static readonly IReadOnlyList<byte[]> Tokens = [.. new[]
    {
        "- ", "  ", "\n", ": ", "? ", "[", "]", "{", "}", "&a ", "*a", "*files", "!!str ", "!<tag> ", "| \n", "> \n", "'", "\"", "#", "---\n", "...\n", "%YAML 1.9\n", "\t", "\0", "\u2028", "\ufeff", "<<: ", "null", "~", "../", "/etc", "**/", "[!", "[z-a]", new string('*', 3000), "configs:\n",
        new string('[', 300), new string('{', 300), string.Concat(Enumerable.Repeat("- ", 300)), string.Concat(Enumerable.Repeat("? ", 300)), "&l [*a,*a,*a,*a]",
    }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The reader.</summary>
    /// <param name="scratch">Where the dataset is.</param>
    public static FuzzTarget Create(Scratch scratch)
    {
        var folder = Directory.CreateDirectory(scratch["card"]).FullName;
        foreach (var name in new[] { "part-0", "held" })
            File.WriteAllText(Path.Combine(folder, name + ".jsonl"), """{"text":"t"}""");
        return new FuzzTarget("card", [.. Cards.Select(Encoding.UTF8.GetBytes)], Tokens, async (input, variant) =>
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "README.md"), input);
            var dataset = FileDataset.FromName(folder);
            var request = new DatasetRequest(ExampleKind.Text, new[] { "a", "b", "c", null }[variant % 4], variant % 3 == 0 ? "validation" : "train");
            dataset.HasSplit(request);
            await foreach (var row in dataset.ReadAsync(request, CancellationToken.None))
                row.ShouldNotBeNull();
        });
    }
}
