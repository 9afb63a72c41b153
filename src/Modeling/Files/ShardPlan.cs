using System.Globalization;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Cuts weights into files of at most a size, as transformers does: in the order of its modules, a file is closed when the next weight does not fit; one that is larger than the limit gets a file of its own.</summary>
internal static class ShardPlan
{
    /// <summary>The limit of new models, that of transformers 4.</summary>
    public const long DefaultBytes = 5_000_000_000;

    /// <summary>Plans files.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="nameInFile">A parameter's name in the files.</param>
    /// <param name="largest">Most bytes of a file.</param>
    /// <returns>Files in order, each with its names.</returns>
    public static List<(string File, List<string> Names)> Create(IReadOnlyList<ModelParameter> parameters, Func<string, string> nameInFile, long largest)
    {
        var shards = new List<List<string>>();
        var (open, used) = (new List<string>(), 0L);
        foreach (var parameter in parameters.OrderBy(p => Rank(p.Name)))
        {
            var (name, bytes) = (nameInFile(parameter.Name), Bytes(parameter));
            if (bytes > largest)
            {
                shards.Add([name]);
                continue;
            }

            if (open.Count > 0 && used + bytes > largest)
            {
                shards.Add(open);
                (open, used) = ([], 0);
            }

            open.Add(name);
            used += bytes;
        }

        if (open.Count > 0)
            shards.Add(open);
        return [.. shards.Select((names, i) => (shards.Count == 1 ? WeightFiles.Single : string.Create(CultureInfo.InvariantCulture, $"model-{i + 1:00000}-of-{shards.Count:00000}.safetensors"), names))];
    }

    /// <summary>Bytes that a weight takes in its file.</summary>
    public static long Bytes(ModelParameter parameter)
    {
        if (parameter.Packed is null)
            return parameter.Count * (parameter.FileFormat switch { ScalarType.Float64 => 8, ScalarType.Float32 => 4, _ => 2 });
        // Files hold a table of codes and a description, too.
        using var scope = NewDisposeScope();
        return parameter.Packed.FileTensors(parameter.Name, parameter.FileFormat).Values.Sum(t => t.numel() * t.element_size());
    }

    // transformers' order: embedding, layers (attention, MLP, norms), last norm, head; a module's own order is ours.
    private static (int Layer, int Part) Rank(string name)
    {
        var parts = name.Split('.');
        if (parts.Length > 3 && parts[1] == "layers" && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var layer))
            return (layer, parts[3] switch { "self_attn" => name.Contains("_norm.", StringComparison.Ordinal) ? 1 : 0, "mlp" => 2, _ => 3 });
        return name.Contains("embed_tokens", StringComparison.Ordinal) ? (-1, 0) : (int.MaxValue, parts[^2] == "norm" ? 0 : 1);
    }
}
