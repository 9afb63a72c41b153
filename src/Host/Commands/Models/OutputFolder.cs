using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Writes a new folder whole or not at all.</summary>
internal static class OutputFolder
{
    /// <summary>Writes into a folder; one that was not there before is deleted when that fails.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="write">Writes the files.</param>
    /// <param name="what">What is written.</param>
    /// <exception cref="MedicalGptException">The disk refuses.</exception>
    public static void Write(string folder, Action write, string what = "model")
    {
        var isNew = !Directory.Exists(folder);
        try
        {
            RequireNoFile(folder);
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SafetensorsException)
        {
            if (isNew && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            throw new MedicalGptException($"The {what} cannot be saved.", error) { Place = $"--output-dir {folder}", Given = error.Message, Remedy = "free some disk space, mend the permissions or name another folder" };
        }
    }

    /// <summary>Refuses a folder that cannot be one, before the work that it is for.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="MedicalGptException">A file has its name, or that of a folder above it.</exception>
    public static void RequireNoFile(string folder, string option = "--output-dir")
    {
        for (var path = Path.GetFullPath(folder); path is not null; path = Path.GetDirectoryName(path))
            if (File.Exists(path))
                throw new MedicalGptException("The output is no folder.") { Place = $"{option} {folder}", Given = $"a file has the name {path}", Remedy = "name another folder" };
    }
}
