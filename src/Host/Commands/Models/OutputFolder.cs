using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Writes a new folder whole or not at all.</summary>
internal static class OutputFolder
{
    /// <summary>Writes into a folder; one that was not there before is deleted when that fails.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="write">Writes the files.</param>
    /// <exception cref="MedicalGptException">The disk refuses.</exception>
    public static void Write(string folder, Action write)
    {
        var isNew = !Directory.Exists(folder);
        try
        {
            if (File.Exists(folder))
                throw new IOException("a file has this name");
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SafetensorsException)
        {
            if (isNew && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            throw new MedicalGptException("The model cannot be saved.", error) { Place = $"--output-dir {folder}", Given = error.Message, Remedy = "free some disk space, mend the permissions or name another folder" };
        }
    }
}
