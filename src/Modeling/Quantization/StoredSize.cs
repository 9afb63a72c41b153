using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Modeling;

/// <summary>How many weights files hold, by how they are stored; a packed matrix counts as the matrix that it stands for, without the scales beside it.</summary>
/// <param name="ByFormat">Weights of each format: a safetensors type such as BF16, or nf4, fp4, int8.</param>
public sealed record StoredSize(IReadOnlyDictionary<string, long> ByFormat)
{
    /// <summary>All of them.</summary>
    public long Parameters => ByFormat.Values.Sum();

    /// <summary>Reads headers and the small descriptions of packed weights; no weights.</summary>
    /// <param name="files">Safetensors files.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="MedicalGptException">A description is malformed.</exception>
    public static StoredSize Of(IEnumerable<string> files)
    {
        var open = new List<SafetensorsFile>();
        try
        {
            open.AddRange(files.Select(SafetensorsFile.Open));
            var packed = new PackedEntries(open);
            var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var entry in open.SelectMany(f => f.Entries).Where(e => !packed.IsCompanion(e.Name)))
            {
                var (format, shape) = packed.IsPacked(entry.Name) ? (packed.FormatName(entry.Name), packed.Shape(entry.Name)) : (entry.Type, entry.Shape);
                sizes[format] = sizes.GetValueOrDefault(format) + shape.Aggregate(1L, (a, b) => a * b);
            }

            return new StoredSize(sizes);
        }
        finally
        {
            open.ForEach(f => f.Dispose());
        }
    }
}
