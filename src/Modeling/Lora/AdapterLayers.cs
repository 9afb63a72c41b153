using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The parts of an adapter on the layers of its model.</summary>
internal sealed class AdapterLayers
{
    private const string Prefix = "base_model.model.";
    private readonly TransformerModel model;
    private readonly LoraOptions options;
    private readonly List<(LinearLayer Layer, LayerAdapter Part)> linears = [];
    private LayerAdapter? embedding;

    private AdapterLayers(TransformerModel model, LoraOptions options) => (this.model, this.options) = (model, options);

    /// <summary>Paths that have a branch.</summary>
    public IReadOnlyList<string> TargetPaths =>
        [.. linears.Where(l => l.Part.Branch is not null).Select(l => l.Layer.Path), .. embedding?.Embedding is null ? [] : new[] { model.Decoder.Embeddings.Path }];

    /// <summary>Branches first, then whole copies, as PEFT orders neither.</summary>
    public IReadOnlyList<ModelParameter> Parameters => [.. linears.SelectMany(l => l.Part.Parameters), .. embedding?.Parameters ?? []];

    /// <summary>Puts empty parts on the layers that the options name.</summary>
    public static AdapterLayers Create(LoraAdapter owner, TransformerModel model, string place)
    {
        var (options, embeddings) = (owner.Options, model.Decoder.Embeddings);
        var all = model.Linears.ToList();
        var wholes = Wholes(options, all, embeddings.Path, place);
        var chosen = Chosen(options, [.. all.Select(l => l.Path).Append(embeddings.Path).Except(wholes)], embeddings.Path, place);
        if (options.Dora && (chosen.Contains(embeddings.Path) || chosen.Contains(model.Head.Path)))
            throw new MedicalGptException($"{place}: use_dora is not supported on {embeddings.Path} and {model.Head.Path}; leave them out of target_modules, or use plain LoRA");
        var layers = new AdapterLayers(model, options);
        foreach (var linear in all)
        {
            var branch = chosen.Contains(linear.Path) ? Branch(linear, options) : null;
            var whole = wholes.Contains(linear.Path) ? new ModelParameter($"{Prefix}{linear.Path}.weight", linear.Weight.Shape) : null;
            var bias = linear.Bias is { } own && (whole is not null || options.Bias == LoraBias.All || (options.Bias == LoraBias.LoraOnly && branch is not null))
                ? new ModelParameter($"{Prefix}{linear.Path}{(branch is null ? "" : ".base_layer")}.bias", own.Shape)
                : null;
            if (branch is null && whole is null && bias is null)
                continue;
            layers.linears.Add((linear, new LayerAdapter(owner) { Branch = branch, Weight = whole, Bias = bias }));
            linear.Adapters.Add(layers.linears[^1].Part);
        }

        if (wholes.Contains(embeddings.Path))
            layers.embedding = new LayerAdapter(owner) { Weight = new ModelParameter($"{Prefix}{embeddings.Path}.weight", embeddings.Weight.Shape) };
        else if (chosen.Contains(embeddings.Path))
            layers.embedding = new LayerAdapter(owner) { Embedding = EmbeddingPart(embeddings, options) };
        if (layers.embedding is { } part)
            embeddings.Adapters.Add(part);
        return layers;
    }

    /// <summary>Draws fresh branches and copies what is trained whole; everything learns.</summary>
    public void Initialize(Generator generator)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var (layer, part) in linears)
        {
            if (part.Branch is { } branch)
            {
                Learn(branch.A, options.Initialization == LoraInitialization.Gaussian ? Empty(branch.A).normal_(0, 1.0 / branch.A.Shape[0], generator) : Uniform(branch.A, generator));
                Learn(branch.B, options.Initialization == LoraInitialization.Random ? Uniform(branch.B, generator) : zeros(branch.B.Shape));
                if (branch.Magnitude is { } magnitude)
                    Learn(magnitude, branch.RowNorms(layer.Weight));
            }

            if (part.Weight is { } whole)
                Learn(whole, layer.Weight.Value.to(ScalarType.Float32).clone());
            if (part.Bias is { } bias)
                Learn(bias, layer.Bias!.Value.to(ScalarType.Float32).clone());
        }

        if (embedding?.Weight is { } table)
            Learn(table, model.Decoder.Embeddings.Weight.Value.to(ScalarType.Float32).clone());
        if (embedding?.Embedding is { } low)
        {
            // PEFT draws B and sets A to 0 here.
            Learn(low.A, options.Initialization == LoraInitialization.Random ? Empty(low.A).normal_(0, 1, generator) : zeros(low.A.Shape));
            Learn(low.B, Empty(low.B).normal_(0, 1, generator));
        }
    }

    /// <summary>True when a whole copy stands in for a weight or a bias.</summary>
    public bool Replaces => linears.Any(l => l.Part.Weight is not null || l.Part.Bias is not null) || embedding?.Weight is not null;

    /// <summary>Sets the factor of all branches.</summary>
    public void SetShare(double share)
    {
        foreach (var branch in linears.Select(l => l.Part.Branch).OfType<LoraBranch>())
            branch.Share = share;
        if (embedding?.Embedding is { } low)
            low.Share = share;
    }

    /// <summary>Takes the parts off and frees them.</summary>
    public void Remove()
    {
        foreach (var (layer, part) in linears)
        {
            layer.Adapters.Remove(part);
            part.Branch?.Dispose();
        }

        if (embedding is not null)
            model.Decoder.Embeddings.Adapters.Remove(embedding);
        foreach (var parameter in Parameters)
            parameter.Dispose();
    }

    private static HashSet<string> Wholes(LoraOptions options, IReadOnlyList<LinearLayer> linears, string embedding, string place)
    {
        // PEFT lists both names that transformers gives to classification heads; a model has one of them.
        var names = options.ModulesToSave.Where(m => m != "classifier" || options.ModulesToSave.Count == 1).ToArray();
        var paths = linears.Select(l => l.Path).Append(embedding).ToArray();
        foreach (var name in names.Where(n => !paths.Any(p => LoraTargets.Ends(p, n))))
            throw new MedicalGptException($"{place}: modules_to_save '{name}' is not supported for this model; supported are {string.Join(", ", paths.Select(p => p[(p.LastIndexOf('.') + 1)..]).Distinct())}");
        return [.. paths.Where(p => names.Any(n => LoraTargets.Ends(p, n)))];
    }

    private static HashSet<string> Chosen(LoraOptions options, IReadOnlyList<string> paths, string embedding, string place)
    {
        var chosen = options.Targets.Select(paths, place, embedding);
        if (options.Excluded is { } excluded)
            chosen = excluded.Without(chosen, place);
        if (options.Layers.Count > 0)
            chosen = [.. chosen.Where(p => LayerOf(p) is { } layer && options.Layers.Contains(layer))];
        return chosen.Count > 0 ? [.. chosen] : throw new MedicalGptException($"{place}: exclude_modules and layers_to_transform leave no target of target_modules");
    }

    private static int? LayerOf(string path) => path.Split('.').Select(p => int.TryParse(p, out var number) ? number : (int?)null).FirstOrDefault(n => n is not null);

    private static LoraBranch Branch(LinearLayer linear, LoraOptions options)
    {
        var (outputs, inputs, rank) = (linear.Weight.Shape[0], linear.Weight.Shape[1], options.RankOf(linear.Path));
        return new LoraBranch(
            new ModelParameter($"{Prefix}{linear.Path}.lora_A.weight", [rank, inputs]),
            new ModelParameter($"{Prefix}{linear.Path}.lora_B.weight", [outputs, rank]),
            options.Dora ? new ModelParameter($"{Prefix}{linear.Path}.lora_magnitude_vector", [outputs]) : null,
            options.ScaleOf(linear.Path),
            options.Dropout);
    }

    private static EmbeddingBranch EmbeddingPart(EmbeddingLayer layer, LoraOptions options) => new(
        new ModelParameter($"{Prefix}{layer.Path}.lora_embedding_A", [options.RankOf(layer.Path), layer.Weight.Shape[0]]),
        new ModelParameter($"{Prefix}{layer.Path}.lora_embedding_B", [layer.Weight.Shape[1], options.RankOf(layer.Path)]),
        options.ScaleOf(layer.Path));

    private static Tensor Empty(ModelParameter parameter) => empty(parameter.Shape, ScalarType.Float32);

    private static Tensor Uniform(ModelParameter parameter, Generator generator)
    {
        var bound = 1.0 / Math.Sqrt(parameter.Shape[1]);
        return Empty(parameter).uniform_(-bound, bound, generator);
    }

    private void Learn(ModelParameter parameter, Tensor value)
    {
        parameter.Set(value.to(model.Device), ScalarType.Float32, true);
        parameter.FileFormat = ScalarType.Float32;
    }
}
