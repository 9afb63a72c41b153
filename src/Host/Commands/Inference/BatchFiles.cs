namespace MedicalGpt.Host.Commands.Inference;

/// <summary>Whether a command works on token ids (.safetensors) or on text (.jsonl).</summary>
internal static class BatchFiles
{
    private const string Tensors = ".safetensors";
    private const string Text = ".jsonl";

    /// <summary>Checks that input and output are two files of one kind.</summary>
    /// <param name="files">The files.</param>
    /// <returns>True for token ids, false for text.</returns>
    /// <exception cref="MedicalGptException">They are not.</exception>
    public static bool AreTensors(FileOptions files)
    {
        var (input, output) = (Path.GetExtension(files.Input).ToLowerInvariant(), Path.GetExtension(files.Output).ToLowerInvariant());
        if (Target(files.Input) == Target(files.Output))
            throw new MedicalGptException("The output would replace the input.") { Place = "--output", Given = files.Output, Allowed = "another file than --input" };
        if (input == output && input is Tensors or Text)
            return input == Tensors;
        throw new MedicalGptException("Input and output are not of one kind.")
        {
            Place = "--input and --output",
            Given = $"{files.Input} and {files.Output}",
            Allowed = "two .safetensors files (token ids) or two .jsonl files (text)",
        };
    }

    private static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target ? target.FullName : full;
    }

    /// <summary>Checks, when the command runs, that the input is there and the output's folder can be made.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="MedicalGptException">There is no such file.</exception>
    public static void Open(FileOptions files)
    {
        if (!File.Exists(files.Input))
            throw new MedicalGptException("The input file does not exist.") { Place = "--input", Given = files.Input };
        if (Path.GetDirectoryName(Path.GetFullPath(files.Output)) is { } folder)
            Directory.CreateDirectory(folder);
    }
}
