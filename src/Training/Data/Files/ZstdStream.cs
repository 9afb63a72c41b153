namespace MedicalGpt.Training.Data;

/// <summary>Decompresses Zstandard frames (RFC 8878) through the system's libzstd; its window, and with it the memory, is bounded by libzstd's default (128 MiB).</summary>
internal sealed class ZstdStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly ZstdDecoder _decoder;
    private readonly byte[] _input = new byte[1 << 17];
    private int _start;
    private int _end;
    private bool _isFrameOpen;

    /// <summary>Wraps a compressed stream, which is closed with this one.</summary>
    /// <exception cref="MedicalGptException">The system has no libzstd.</exception>
    public ZstdStream(Stream inner, string path)
    {
        _inner = inner;
        try
        {
            _decoder = Zstd.Create();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            inner.Dispose();
            throw new MedicalGptException("The file is compressed with Zstandard, and this system has no libzstd.", e)
            {
                Place = path,
                Remedy = "install it (apt-get install libzstd1), or decompress the file first (zstd -d)",
            };
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            if (Decode(buffer) is > 0 and var written)
                return written;
            if (!Take(_inner.Read(_input)))
                return 0;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (Decode(buffer.Span) is > 0 and var written)
                return written;
            if (!Take(await _inner.ReadAsync(_input, cancellationToken)))
                return 0;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Decode(Span<byte> output)
    {
        if (output.IsEmpty)
            return 0;
        while (true)
        {
            var isOpen = Zstd.Decompress(_decoder, output, _input.AsSpan(_start.._end), out var written, out var consumed);
            _start += consumed;
            if (written > 0 || consumed > 0) // without input it only asks for the next frame
                _isFrameOpen = isOpen;
            if (written > 0 || _start == _end)
                return written;
        }
    }

    private bool Take(int read)
    {
        (_start, _end) = (0, read);
        if (read == 0 && _isFrameOpen)
            throw new InvalidDataException("the Zstandard data end in the middle");
        return read > 0;
    }
}
