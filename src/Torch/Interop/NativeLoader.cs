using System.Reflection;
using System.Runtime.InteropServices;
using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Torch.Interop;

/// <summary>Finds <c>libmedgpt_torch.so</c>: next to the assembly, then in MEDGPT_NATIVE, then in the repository's artifacts/native.</summary>
internal static class NativeLoader
{
    private const string FileName = "libmedgpt_torch.so";

    /// <summary>Debian's OpenBLAS built with OpenMP; its pthread build fights libtorch's threads (docs/torch.md).</summary>
    private const string OpenBlasOpenMp = "/usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3";

    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != NativeMethods.Library) return 0;
        var tried = new List<string>();
        foreach (var candidate in Candidates())
        {
            tried.Add(candidate);
            if (!File.Exists(candidate)) continue;
            PreloadBlas();
            try
            {
                return NativeLibrary.Load(candidate);
            }
            catch (DllNotFoundException problem)
            {
                throw new TensorLibraryException($"The tensor library {candidate} could not be loaded: {problem.Message.Trim()}. Install libtorch (./medgpt does) or set LIBTORCH to its folder and rebuild with eng/build-native.sh.", problem);
            }
        }

        throw new TensorLibraryException($"The tensor library {FileName} was not found; looked at {string.Join(", ", tried)}. Build it with eng/build-native.sh or set MEDGPT_NATIVE to the folder that holds it.");
    }

    private static IEnumerable<string> Candidates()
    {
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        var location = typeof(NativeLoader).Assembly.Location;
        if (location.Length > 0) yield return Path.Combine(Path.GetDirectoryName(location)!, FileName);
        var native = Environment.GetEnvironmentVariable("MEDGPT_NATIVE");
        if (!string.IsNullOrEmpty(native)) yield return Path.Combine(native, FileName);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "MedicalGpt.sln"))) continue;
            yield return Path.Combine(folder.FullName, "artifacts", "native", FileName);
            yield break;
        }
    }

    /// <summary>Loads the OpenMP build first: its name, libblas.so.3, then satisfies libtorch's dependency whatever the system's default is.</summary>
    private static void PreloadBlas()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("LIBTORCH")) && File.Exists(OpenBlasOpenMp)) NativeLibrary.TryLoad(OpenBlasOpenMp, out _);
    }
}
