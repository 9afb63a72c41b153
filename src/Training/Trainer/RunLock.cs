namespace MedicalGpt.Training;

/// <summary>Keeps a run's folder to one run at a time, by a file that the system releases also when the process is killed.</summary>
internal sealed class RunLock : IDisposable
{
    private const int LinuxWouldBlock = 11, MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);
    private readonly string folder;
    private readonly bool isNew;
    private readonly FileStream file;

    private RunLock(string folder, bool isNew, FileStream file)
    {
        this.folder = folder;
        this.isNew = isNew;
        this.file = file;
    }

    /// <summary>Takes a run's folder, which is made if need be.</summary>
    /// <exception cref="MedicalGptException">Another run holds it, or it cannot be written.</exception>
    public static RunLock Take(RunDirectory directory) => directory.Write(() =>
    {
        var isNew = !Directory.Exists(directory.Root);
        Directory.CreateDirectory(directory.Root);
        try
        {
            return new RunLock(directory.Root, isNew, new FileStream(directory.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (IOException error) when (error.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            throw new MedicalGptException("Another run is writing into the output folder.", error) { Place = "--output-dir", Given = directory.Root, Allowed = "one run at a time", Remedy = "wait until it has ended, or choose another folder" };
        }
    });

    /// <summary>Releases the folder; one that was made for a run that wrote nothing is deleted.</summary>
    public void Dispose()
    {
        file.Dispose();
        if (isNew && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }
}
