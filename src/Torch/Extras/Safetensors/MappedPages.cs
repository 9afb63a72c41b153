using System.Runtime.InteropServices;

namespace MedicalGpt.Torch.Extras;

/// <summary>Pages of a mapped file that have been read count as memory of the process until they are given back.</summary>
internal static unsafe partial class MappedPages
{
    private const int DontNeed = 4;

    /// <summary>Gives the whole pages of a range back; they are read from the file again when touched again. Does nothing where the system has no such call.</summary>
    internal static void Forget(byte* from, long bytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        var page = (nuint)Environment.SystemPageSize;
        var first = ((nuint)from + page - 1) / page * page;
        var last = ((nuint)from + (nuint)bytes) / page * page;
        // Advice only: a refusal changes nothing but the figure.
        if (last > first) _ = Advise(first, last - first, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
