using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary>One case of the reference numbers.</summary>
/// <param name="name">Its folder below <c>tests/fixtures/golden</c>.</param>
internal sealed class GoldenCase(string name)
{
    private readonly JsonNode _case = JsonNode.Parse(File.ReadAllText(Path.Combine(Medgpt.Golden, name, "case.json")))!;

    /// <summary>Its inputs.</summary>
    public TensorFile Inputs { get; } = TensorFile.Read(Path.Combine(Medgpt.Golden, name, "inputs.safetensors"));

    /// <summary>What the reference libraries made of them.</summary>
    public TensorFile Outputs { get; } = TensorFile.Read(Path.Combine(Medgpt.Golden, name, "outputs.safetensors"));

    /// <summary>A file or folder of the case.</summary>
    /// <param name="file">Its name.</param>
    public string this[string file] => Path.Combine(Medgpt.Golden, name, file);

    /// <summary>A tolerance that the case states.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The tolerance.</returns>
    public double Tolerance(string key) => (double)_case["tolerances"]![key]!;

    /// <summary>Writes a batch of the inputs as the commands take it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="prefix">Beginning of the tensors' names, for example <c>left_</c>.</param>
    /// <returns>The path.</returns>
    public string WriteBatch(string path, string prefix) =>
        new TensorFile().With("input_ids", Inputs, prefix + "input_ids").With("attention_mask", Inputs, prefix + "attention_mask").Write(path);

    /// <summary>Fails unless values are near at the positions that count.</summary>
    /// <param name="actual">Ours.</param>
    /// <param name="expected">Theirs.</param>
    /// <param name="tolerance">Absolute.</param>
    /// <param name="what">For the message.</param>
    public static void Near(IReadOnlyList<float> actual, IReadOnlyList<float> expected, double tolerance, string what)
    {
        actual.Count.ShouldBe(expected.Count, what);
        var worst = actual.Zip(expected, (a, b) => (double)Math.Abs(a - b)).Max();
        worst.ShouldBeLessThanOrEqualTo(tolerance, what);
    }
}
