using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Models in Hugging Face folders: <c>config.json</c> and safetensors weights.</summary>
/// <param name="families">Known architectures.</param>
public sealed class ModelFolder(ModelFamilies families)
{
    private const string ConfigFile = "config.json";
    private const string Needed = "a model folder: config.json and safetensors weights";
    private const string GenerationConfigFile = "generation_config.json";

    /// <summary>Known architectures.</summary>
    public ModelFamilies Families => families;

    /// <summary>Loads a language model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How.</param>
    /// <returns>The model.</returns>
    /// <exception cref="MedicalGptException">A file is missing or malformed, the architecture is unknown, or weights do not fit; all are listed.</exception>
    public CausalLanguageModel LoadCausal(string folder, LoadOptions options)
    {
        var (config, family, shape) = ReadConfig(folder);
        if (config.IsScoreModel)
            throw new MedicalGptException($"{folder}: this is a score model ({config.Architecture}); a language model ({family.CausalArchitecture}) is needed here");
        var decoder = new Decoder(shape, options.Precision);
        var head = LanguageHead(decoder);
        var model = new CausalLanguageModel(config, family, decoder, head);
        Fill(model, folder, options, optional: null, ignored: name => decoder.Options.TiedEmbeddings && name == "lm_head.weight");
        return Finish(model, options);
    }

    /// <summary>Loads a score model; from a language model's folder the head is drawn from N(0, initializer_range), as transformers does.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How.</param>
    /// <returns>The model.</returns>
    /// <exception cref="MedicalGptException">As for <see cref="LoadCausal"/>, or the head has several labels.</exception>
    public ScoreModel LoadScore(string folder, LoadOptions options)
    {
        var (config, family, shape) = ReadConfig(folder);
        if (config.IsScoreModel && config.Json["id2label"] is System.Text.Json.Nodes.JsonObject { Count: not 1 } labels)
            throw new MedicalGptException($"{config.Place}: the score head has {labels.Count} labels; one is needed");
        var decoder = new Decoder(shape, options.Precision);
        var head = new LinearLayer("score", new ModelParameter("score.weight", [1, decoder.Options.HiddenSize]), null);
        var model = new ScoreModel(config, family, decoder, head);
        Fill(model, folder, options, optional: config.IsScoreModel ? null : head.Weight, ignored: name => name == "lm_head.weight");
        if (!head.Weight.IsSet)
        {
            FreshWeights.Draw(head.Weight, decoder.Options, new Generator((ulong)options.Seed), options);
            model.FreshHead = true;
        }

        ScoreConfig.Apply(config, family);
        return Finish(model, options);
    }

    /// <summary>Makes a language model of random weights: matrices N(0, initializer_range), norms 1 (0 where they multiply by 1 + weight), biases 0.</summary>
    /// <param name="modelType">Its family, for example <c>qwen2</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="options">Precision, device, seed, adapter.</param>
    /// <returns>The model.</returns>
    public CausalLanguageModel CreateCausal(string modelType, DecoderOptions shape, LoadOptions options) =>
        CreateCausal(new ModelConfig(families.Named(modelType).Write(shape.Checked("model shape")), "new model"), options);

    /// <summary>Makes a language model of random weights after a configuration, as above; it is saved in the format that the configuration names.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="options">Precision, device, seed, adapter.</param>
    /// <returns>The model. The same seed gives the same weights on every device.</returns>
    public CausalLanguageModel CreateCausal(ModelConfig config, LoadOptions options)
    {
        var (family, shape) = families.Read(config);
        var decoder = new Decoder(shape, options.Precision);
        var model = new CausalLanguageModel(config, family, decoder, LanguageHead(decoder));
        var generator = new Generator((ulong)options.Seed);
        foreach (var parameter in model.Parameters)
        {
            FreshWeights.Draw(parameter, shape, generator, options);
            parameter.FileFormat = config.Format() ?? ScalarType.Float32;
        }

        return Finish(model, options);
    }

    /// <summary>Writes a model without its adapter: <c>config.json</c>, <c>generation_config.json</c> where there was one, and weights, in the layout and formats it was loaded from.</summary>
    /// <param name="model">The model; merge its adapter first or save it apart (<see cref="LoraAdapter.Save"/>).</param>
    /// <param name="folder">Made when absent. A model that stands there is replaced when the new one is complete.</param>
    /// <param name="largestShard">Most bytes of a weight file; null = the files it was loaded from, for a new model 5 GB.</param>
    public static void Save(TransformerModel model, string folder, long? largestShard = null)
    {
        QuantizationConfig.Write(model.Config, model.Parameters.Any(p => p.IsPacked) ? model.Quantization : null, model.Precision.Compute);
        FolderUpdate.Write(folder, staging =>
        {
            WeightWriter.Write(staging, model.Files, [.. model.Parameters], model.Family.WeightName, largestShard);
            JsonFile.Write(Path.Combine(staging, ConfigFile), model.Config.Json, true);
            if (model.Source is { } source && Path.GetFullPath(source) != Path.GetFullPath(folder) && File.Exists(Path.Combine(source, GenerationConfigFile)))
                File.Copy(Path.Combine(source, GenerationConfigFile), Path.Combine(staging, GenerationConfigFile), true);
        });
    }

    /// <summary>The weight files that loading reads: the single file where there is one, else the shards of the index, else every file named like weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>File names in order.</returns>
    /// <exception cref="MedicalGptException">The index is wrong, or names shards that are missing.</exception>
    public static IReadOnlyList<string> LoadedFiles(string folder)
    {
        if (File.Exists(Path.Combine(folder, WeightFiles.Single)))
            return [WeightFiles.Single];
        return File.Exists(Path.Combine(folder, WeightFiles.Index)) ? [.. WeightFiles.Find(folder).Shards.Select(shard => shard.File)] : WeightFiles.In(folder);
    }

    private static TModel Finish<TModel>(TModel model, LoadOptions options)
        where TModel : TransformerModel
    {
        if (options.Adapter is { } folder)
            LoraAdapter.Read(model, folder, options.AdapterTrained);
        else if (options.NewAdapter is { } shape)
            LoraAdapter.Attach(model, shape, options.Seed);
        return model;
    }

    private static void Fill(TransformerModel model, string folder, LoadOptions options, ModelParameter? optional, Func<string, bool> ignored)
    {
        model.Files = WeightFiles.Find(folder);
        model.Source = folder;
        bool PassedOver(string name) => ignored(name) || name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal);
        model.Files.RequireListed(folder, PassedOver);
        var packed = QuantizationConfig.Read(model.Config);
        options.Quantization?.RequireKnown([.. model.Parameters.Select(p => p.Name[..p.Name.LastIndexOf('.')]).Distinct()]);
        var store = new WeightStore(model, options, packed);
        WeightReader.Fill(
            folder,
            model.Files.Shards.Select(s => s.File),
            model.Parameters,
            model.Family.WeightName,
            optional,
            PassedOver,
            store.Take,
            storePacked: packed is null ? null : store.Take);
        model.Quantization = options.Dequantize ? null : packed ?? options.Quantization;
    }

    private static LinearLayer LanguageHead(Decoder decoder) => new(
        "lm_head",
        decoder.Options.TiedEmbeddings ? decoder.Embedding : new ModelParameter("lm_head.weight", [decoder.Options.VocabularySize, decoder.Options.HiddenSize]),
        null);

    private (ModelConfig Config, IModelFamily Family, DecoderOptions Shape) ReadConfig(string folder)
    {
        if (!Directory.Exists(folder))
            throw new MedicalGptException("The model folder does not exist.")
            {
                Place = folder,
                Allowed = Needed,
                Remedy = !Path.IsPathRooted(folder) && folder.Count(letter => letter == '/') == 1 ? $"correct the path; if it is a model of the hub, pull it first: medgpt model pull {folder}" : null,
            };
        var path = Path.Combine(folder, ConfigFile);
        if (!File.Exists(path))
            {
            var adapter = AdapterFolder.Is(folder);
            var named = adapter && AdapterFolder.Read(folder).BaseModel is { } name ? $" ({name})" : "";
            throw new MedicalGptException($"The folder is no model: it has no {ConfigFile}.")
            {
                Place = folder,
                Given = adapter ? "an adapter" : null,
                Allowed = Needed,
                Remedy = adapter ? $"give its base model{named} here and the folder with --adapter (or --peft_path)" : null,
            };
        }

        var config = ModelConfig.Read(path);
        var (family, shape) = families.Read(config);
        return (config, family, shape);
    }
}
