using System.Runtime.InteropServices;

namespace MedicalGpt.Training.Data;

/// <summary>The few functions of the system's libzstd that streaming needs (zstd.h; stable since 1.3).</summary>
internal static partial class Zstd
{
    private const string Library = "libzstd.so.1";

    /// <summary>Makes a context.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_createDStream")]
    public static partial ZstdDecoder Create();

    /// <summary>Frees a context.</summary>
    [LibraryImport(Library, EntryPoint = "ZSTD_freeDStream")]
    public static partial nuint Free(nint context);

    /// <summary>Decompresses as much as fits.</summary>
    /// <param name="decoder">Context.</param>
    /// <param name="output">Receives data.</param>
    /// <param name="input">Compressed data.</param>
    /// <param name="written">Bytes written.</param>
    /// <param name="consumed">Bytes read.</param>
    /// <returns>Whether a frame is still open.</returns>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    public static unsafe bool Decompress(ZstdDecoder decoder, Span<byte> output, ReadOnlySpan<byte> input, out int written, out int consumed)
    {
        fixed (byte* to = output)
        fixed (byte* from = input)
        {
            var target = new Buffer((nint)to, (nuint)output.Length, 0);
            var source = new Buffer((nint)from, (nuint)input.Length, 0);
            var result = Stream(decoder, ref target, ref source);
            (written, consumed) = ((int)target.Position, (int)source.Position);
            if (IsError(result) != 0)
                throw new InvalidDataException($"the Zstandard data are damaged: {Marshal.PtrToStringUTF8(ErrorName(result))}");
            return result != 0;
        }
    }

    [LibraryImport(Library, EntryPoint = "ZSTD_decompressStream")]
    private static partial nuint Stream(ZstdDecoder decoder, ref Buffer output, ref Buffer input);

    [LibraryImport(Library, EntryPoint = "ZSTD_isError")]
    private static partial uint IsError(nuint code);

    [LibraryImport(Library, EntryPoint = "ZSTD_getErrorName")]
    private static partial nint ErrorName(nuint code);

    [StructLayout(LayoutKind.Sequential)]
    private struct Buffer(nint data, nuint size, nuint position)
    {
        public nint Data = data;
        public nuint Size = size;
        public nuint Position = position;
    }
}
