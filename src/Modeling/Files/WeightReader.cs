using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Fills a model's parameters from safetensors files; what is missing, unexpected or of another shape is listed at once, before anything is read.</summary>
internal static class WeightReader
{
    /// <summary>Fills parameters.</summary>
    /// <param name="folder">Folder of the files.</param>
    /// <param name="files">File names.</param>
    /// <param name="parameters">What is to be filled.</param>
    /// <param name="nameInFile">A parameter's name in the files.</param>
    /// <param name="optional">May be absent; null = none.</param>
    /// <param name="ignored">True for names in the files that are passed over.</param>
    /// <param name="store">Takes a weight; what it reads lives in the reader's scope.</param>
    /// <param name="adapter">The files are an adapter's, for errors.</param>
    /// <param name="storePacked">Takes a packed weight; null = packed weights are errors.</param>
    public static void Fill(string folder, IEnumerable<string> files, IReadOnlyList<ModelParameter> parameters, Func<string, string> nameInFile, ModelParameter? optional, Func<string, bool> ignored, Action<ModelParameter, StoredWeight> store, bool adapter = false, Action<ModelParameter, PackedEntries, string>? storePacked = null)
    {
        var wanted = parameters.ToDictionary(p => nameInFile(p.Name), StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var (unexpected, misshaped, twice) = (new List<string>(), new List<string>(), new List<string>());
        var open = new List<SafetensorsFile>();
        try
        {
            open.AddRange(files.Select(f => SafetensorsFile.Open(Path.Combine(folder, f))));
            var packed = new PackedEntries(storePacked is null ? [] : open);
            foreach (var entry in open.SelectMany(f => f.Entries).Where(e => !packed.IsCompanion(e.Name)))
            {
                if (!found.Add(entry.Name))
                    twice.Add(entry.Name);
                if (!wanted.TryGetValue(entry.Name, out var parameter))
                {
                    if (!ignored(entry.Name))
                        unexpected.Add(entry.Name);
                }
                else if ((packed.IsPacked(entry.Name) ? packed.Shape(entry.Name) : [.. entry.Shape]) is var shape && !shape.SequenceEqual(parameter.Shape))
                {
                    misshaped.Add($"{entry.Name} is [{string.Join(", ", shape)}], needed [{string.Join(", ", parameter.Shape)}]");
                }
                else if (FormatOf(entry.Type) is null && !packed.IsPacked(entry.Name))
                {
                    misshaped.Add($"{entry.Name} has type {entry.Type}, needed a floating-point type");
                }
            }

            var missing = wanted.Where(w => !found.Contains(w.Key) && w.Value != optional).Select(w => w.Key).ToList();
            if (missing.Count + unexpected.Count + misshaped.Count + twice.Count > 0)
            {
                throw new MedicalGptException(adapter ? "The adapter does not fit the model." : "The weights do not fit the model's config.json.")
                {
                    Place = folder,
                    Given = string.Join("; ", new[] { Some("missing", missing), Some("unexpected", unexpected), Some("of another shape or type", misshaped), Some("in two files", twice) }.OfType<string>()),
                    Allowed = adapter ? "weights for the linear layers of this model, in their shapes" : "exactly the weights that config.json describes",
                    Remedy = adapter ? "use it with the model that it was trained on (base_model_name_or_path in adapter_config.json)" : "fetch config.json and weights again from one place",
                };
            }

            foreach (var file in open)
            {
                foreach (var entry in file.Entries.Where(e => wanted.ContainsKey(e.Name)))
                {
                    using var scope = NewDisposeScope();
                    if (packed.IsPacked(entry.Name))
                    {
                        storePacked!(wanted[entry.Name], packed, entry.Name);
                        continue;
                    }

                    wanted[entry.Name].FileFormat = FormatOf(entry.Type)!.Value;
                    store(wanted[entry.Name], new StoredWeight(file, entry.Name));
                }
            }
        }
        catch (SafetensorsException error)
        {
            throw new MedicalGptException(error.Message, error);
        }
        finally
        {
            open.ForEach(f => f.Dispose());
        }
    }

    private static ScalarType? FormatOf(string type) => type switch
    {
        "F32" => ScalarType.Float32,
        "BF16" => ScalarType.BFloat16,
        "F16" => ScalarType.Float16,
        "F64" => ScalarType.Float64,
        _ => null,
    };

    private static string? Some(string what, List<string> names) => names.Count == 0 ? null : $"{names.Count} {what}: {NameList.Of(names)}";
}
