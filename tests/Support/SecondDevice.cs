using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Tests;

/// <summary>
/// A device beside the processor on every machine (tests/native/second_device.cpp): operators that mix devices fail, backward runs in a thread of the device,
/// and copies to and from it are counted.
/// </summary>
internal static unsafe class SecondDevice
{
    /// <summary>Its name in libtorch.</summary>
    public const string Name = "privateuseone";

    private static readonly Lazy<nint> Library = new(Open);

    /// <summary>Why it is not there; null = it is.</summary>
    public static string? Missing => Path is null ? "artifacts/native/libsecond_device.so is not built (LIBTORCH is set)" : null;

    /// <summary>Copies of tensors to the device so far.</summary>
    public static long CopiesIn => ((delegate* unmanaged<long>)NativeLibrary.GetExport(Library.Value, "second_device_copies_in"))();

    /// <summary>Copies of tensors, and single numbers, from the device so far.</summary>
    public static long CopiesOut => ((delegate* unmanaged<long>)NativeLibrary.GetExport(Library.Value, "second_device_copies_out"))();

    private static string? Path
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var file = System.IO.Path.Combine(folder.FullName, "artifacts", "native", "libsecond_device.so");
                if (File.Exists(file))
                    return file;
            }

            return null;
        }
    }

    // Libtorch's autograd counts devices when it first runs, whoever asks for it.
    [ModuleInitializer]
    internal static void Load()
    {
        if (Missing is null)
            _ = Library.Value;
    }

    private static nint Open()
    {
        // Libtorch must be there first: the library adds itself to it.
        _ = __version__;
        return NativeLibrary.Load(Path ?? throw new InvalidOperationException(Missing));
    }
}
