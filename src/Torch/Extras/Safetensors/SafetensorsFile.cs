using System.IO.MemoryMappedFiles;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>A safetensors file, mapped into memory: tensors are read one at a time, on request.</summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private const int PieceBytes = 1 << 22;
    private readonly Dictionary<string, SafetensorsEntry> byName;
    private readonly MemoryMappedFile? map;
    private readonly MemoryMappedViewAccessor? view;
    private readonly byte* start;

    private SafetensorsFile(string path, SafetensorsHeader header, FileStream stream)
    {
        Path = path;
        Entries = header.Entries;
        Metadata = header.Metadata;
        byName = header.Entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
        map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Its tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Free text that came with the file, e.g. format = pt.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Names of the tensors.</summary>
    public IEnumerable<string> Names => byName.Keys;

    /// <summary>One tensor's entry.</summary>
    public SafetensorsEntry this[string name] =>
        byName.TryGetValue(name, out var entry) ? entry : throw new SafetensorsException($"{Path} has no tensor '{name}'. It has {Entries.Count}: {string.Join(", ", Entries.Take(8).Select(e => e.Name))}{(Entries.Count > 8 ? ", ..." : "")}.");

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="SafetensorsException">The file is missing, damaged or of another format.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SafetensorsException($"{path} cannot be opened: {problem.Message}", problem);
        }

        try
        {
            return new SafetensorsFile(path, SafetensorsHeader.Read(path, stream), stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>True where the file has a tensor of this name.</summary>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>A copy of one tensor in its own dtype or another, in the processor's memory or on a device. It is cast and moved a piece at a time: beside the result, a few megabytes exist.
    /// Types that libtorch lacks here become the next that holds them: F8 becomes Float32, U16 Int32, U32 Int64.</summary>
    /// <exception cref="SafetensorsException">There is no such tensor, or no dtype for it.</exception>
    public Tensor Load(string name, ScalarType? type = null, Device? device = null)
    {
        ObjectDisposedException.ThrowIf(view is null || view.SafeMemoryMappedViewHandle.IsClosed, this);
        var entry = this[name];
        if (!SafetensorsTypes.TryTensorType(entry.Type, out var stored) && !SafetensorsWidening.TryType(entry.Type, out stored))
            throw new SafetensorsException($"{Path}: tensor '{name}' has dtype {entry.Type}, which libtorch does not have here. Allowed: {SafetensorsTypes.Names}. Convert the file.");
        var result = torch.empty([.. entry.Shape], type ?? stored, device);
        if (entry.Length > 0) Fill(entry, result, stored);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>The bytes of one tensor as they stand in the file, little-endian.</summary>
    public byte[] Bytes(string name)
    {
        ObjectDisposedException.ThrowIf(view is null || view.SafeMemoryMappedViewHandle.IsClosed, this);
        var entry = this[name];
        return entry.Length == 0 ? [] : new ReadOnlySpan<byte>(start + entry.Offset, checked((int)entry.Length)).ToArray();
    }

    /// <summary>All tensors by name.</summary>
    public Dictionary<string, Tensor> LoadAll(ScalarType? type = null) => Entries.ToDictionary(e => e.Name, e => Load(e.Name, type), StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (view is null || view.SafeMemoryMappedViewHandle.IsClosed) return;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map?.Dispose();
    }

    private void Fill(SafetensorsEntry entry, Tensor result, ScalarType stored)
    {
        using var still = no_grad();
        var width = SafetensorsTypes.SizeOf(entry.Type)!.Value;
        var count = entry.Length / width;
        var direct = result.dtype == stored && result.device.type == DeviceType.CPU && SafetensorsTypes.TryTensorType(entry.Type, out _);
        using var scope = NewDisposeScope();
        var flat = result.view(-1);
        for (long at = 0; at < count; at += PieceBytes / width)
        {
            using var inner = NewDisposeScope();
            var elements = Math.Min(PieceBytes / width, count - at);
            var from = start + entry.Offset + at * width;
            var bytes = elements * width;
            if (direct)
            {
                Buffer.MemoryCopy(from, (byte*)result.Info().Data + at * width, bytes, bytes);
            }
            else
            {
                var piece = torch.empty([elements], stored);
                if (!SafetensorsWidening.Copy(entry.Type, from, elements, piece.Info().Data)) Buffer.MemoryCopy(from, piece.Info().Data, bytes, bytes);
                flat.narrow(0, at, elements).copy_(piece);
            }

            MappedPages.Forget(from, bytes);
        }
    }
}
