using Microsoft.Win32.SafeHandles;

namespace MedicalGpt.Training.Data;

/// <summary>libzstd's decompression context.</summary>
internal sealed class ZstdDecoder : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>For the marshaller.</summary>
    public ZstdDecoder()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Zstd.Free(handle) == 0;
}
