namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>A run of the real program that is to be refused, with the files it needs.</summary>
/// <param name="model">The small model.</param>
public sealed class RefusedRun(TinyModel model) : IDisposable
{
    /// <summary>A row that every check accepts.</summary>
    public const string Good = """{"messages":[{"role":"user","content":"What is gout?"},{"role":"assistant","content":"Arthritis."}]}""";

    /// <summary>A preference row that every check accepts.</summary>
    public const string GoodPair = """{"question":"What is gout?","response_chosen":"Arthritis.","response_rejected":"A bone."}""";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Where the run would write.</summary>
    public string Output => _folder["out"];

    /// <summary>The small model's folder.</summary>
    public string Model => model.Folder;

    /// <summary>Path of a file or folder in the run's own folder, which reads as DIR in the messages.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => _folder[name];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lines">Its lines.</param>
    /// <returns>Its path.</returns>
    public string Write(string name, params string[] lines) => _folder.Write(name, string.Join('\n', lines) + (lines.Length > 0 ? "\n" : ""));

    /// <summary>Copies the small model and changes the copy.</summary>
    /// <param name="change">Changes the copy, whose folder it receives.</param>
    /// <returns>The copy's folder.</returns>
    public string Copy(Action<string> change)
    {
        Directory.CreateDirectory(_folder["model"]);
        foreach (var file in Directory.GetFiles(model.Folder))
            File.Copy(file, Path.Combine(_folder["model"], Path.GetFileName(file)));
        change(_folder["model"]);
        return _folder["model"];
    }

    /// <summary>Trains on rows; the run must be refused before it writes anything.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="rows">Path of the rows.</param>
    /// <param name="more">More options; a model here wins over the small one.</param>
    /// <returns>The error block.</returns>
    public Task<string> TrainAsync(string stage, string rows, params string[] more) =>
        RunAsync(["train", stage, .. more.Contains("--model-name-or-path") ? [] : new[] { "--model-name-or-path", model.Folder }, "--train-file-dir", rows, "--max-steps", "1", "--output-dir", Output, .. more]);

    /// <summary>Runs a command line that must be refused before anything is written to <see cref="Output"/>.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The error block.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var block = (await Medgpt.RunAsync(arguments)).ShouldRefuse();
        (Directory.Exists(Output) || File.Exists(Output)).ShouldBeFalse($"left behind: {Output}");
        return Short(block);
    }

    /// <summary>A block with DIR for the run's folder and MODEL for the small model's.</summary>
    /// <param name="block">The block.</param>
    /// <returns>The block without changing paths.</returns>
    public string Short(string block) => block.Replace(Path.GetDirectoryName(_folder["x"])!, "DIR", StringComparison.Ordinal).Replace(model.Folder, "MODEL", StringComparison.Ordinal);
}
