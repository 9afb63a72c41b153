namespace MedicalGpt.Host.Hub;

/// <summary>A lock between processes: an exclusively opened file. The Python client takes the same lock (<c>flock</c>) on the same file. The system releases it also when a process is killed; the file stays.</summary>
internal sealed class FileLock : IDisposable
{
    private const int LinuxWouldBlock = 11, MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes a lock; waits while another process has it.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="waits">Is called once where another process has it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock.</returns>
    public static async Task<FileLock> TakeAsync(string path, Action waits, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
            }
            catch (IOException error) when (error.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
            {
                if (!told)
                    waits();
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
