using MedicalGpt.Modeling;
using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Writes a folder whole or not at all.</summary>
internal static class OutputFolder
{
    /// <summary>Writes into a folder; one that was not there before is deleted when that fails, in another the old files stay.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="write">Writes the files into the folder that it is given; they take their places when it returns (<see cref="FolderUpdate"/>).</param>
    /// <param name="what">What is written.</param>
    /// <param name="stale">Names of files that go when the new ones stand; null = none.</param>
    /// <exception cref="MedicalGptException">The disk refuses.</exception>
    public static void Write(string folder, Action<string> write, string what = "model", IReadOnlyList<string>? stale = null)
    {
        var isNew = !Directory.Exists(folder);
        var isWritten = false;
        try
        {
            RequireNoFile(folder);
            FolderUpdate.Write(folder, write, stale);
            isWritten = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SafetensorsException)
        {
            throw new MedicalGptException($"The {what} cannot be saved.", error) { Place = $"--output-dir {folder}", Given = error.Message, Remedy = "free some disk space, mend the permissions or name another folder" };
        }
        finally
        {
            if (!isWritten && isNew && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
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
