using System.Globalization;
using MedicalGpt.Modeling;
using MedicalGpt.Options;

namespace MedicalGpt.Training;

/// <summary>Low-rank adapters (LoRA, arXiv 2106.09685) in PEFT's terms.</summary>
[Options("adapter")]
public sealed partial record AdapterOptions
{
    /// <summary>Train low-rank adapters instead of all weights.</summary>
    [Alias("lora", "use_lora")]
    public bool UsePeft { get; init; } = true;

    /// <summary>Folder of an adapter to continue; none = a fresh one.</summary>
    [Alias("peft_path", "adapter_name_or_path")]
    public string? Adapter { get; init; }

    /// <summary>Rank r of the adapters.</summary>
    [Range(1, 4096)]
    [Alias("lora_r")]
    public int LoraRank { get; init; } = 8;

    /// <summary>Numerator of the adapters' scale: their output is multiplied by alpha / r.</summary>
    [Range(0, 65536, MinExclusive = true)]
    public double LoraAlpha { get; init; } = 16;

    /// <summary>Dropout on the adapters' input.</summary>
    [Range(0, 1, MaxExclusive = true)]
    public double LoraDropout { get; init; }

    /// <summary>Modules that get an adapter: all (every linear layer but the head), names such as q_proj or embed_tokens, or a regular expression for whole paths.</summary>
    [Alias("lora_target_modules")]
    public string[] TargetModules { get; init; } = ["all"];

    /// <summary>Modules that get none although --target_modules names them.</summary>
    [Alias("lora_exclude_modules")]
    public string[] ExcludeModules { get; init; } = [];

    /// <summary>Numbers of the layers that get adapters; none = all.</summary>
    public int[] LayersToTransform { get; init; } = [];

    /// <summary>Modules that are trained whole and stored with the adapter, such as embed_tokens; a score head always is.</summary>
    [Alias("lora_modules_to_save")]
    public string[] ModulesToSave { get; init; } = [];

    /// <summary>Bias vectors that are trained, too.</summary>
    public LoraBias LoraBias { get; init; } = LoraBias.None;

    /// <summary>Scale by alpha / sqrt(r) instead (arXiv 2312.03732).</summary>
    public bool UseRslora { get; init; }

    /// <summary>Learn the length of each row of the adapted weights apart from their direction: DoRA (arXiv 2402.09353).</summary>
    public bool UseDora { get; init; }

    /// <summary>How fresh adapters are drawn: true (A uniform, B zero), gaussian (A normal, B zero) or false (both random).</summary>
    [AllowedValues("true", "gaussian", "false")]
    public string InitLoraWeights { get; init; } = "true";

    /// <summary>Rank of single modules, as name=number; the name is a module, the end of its path or a regular expression for it.</summary>
    public string[] RankPattern { get; init; } = [];

    /// <summary>Alpha of single modules, as name=number.</summary>
    public string[] AlphaPattern { get; init; } = [];

    /// <summary>The same as a shape.</summary>
    /// <returns>The shape of a fresh adapter.</returns>
    /// <exception cref="MedicalGptException">A pattern is malformed.</exception>
    public LoraOptions ToLora() => new LoraOptions
    {
        Rank = LoraRank,
        Alpha = LoraAlpha,
        Dropout = LoraDropout,
        RankStabilized = UseRslora,
        Dora = UseDora,
        Bias = LoraBias,
        Initialization = InitLoraWeights switch { "gaussian" => LoraInitialization.Gaussian, "false" => LoraInitialization.Random, _ => LoraInitialization.Default },
        Targets = LoraTargets.Parse(string.Join(',', TargetModules)),
        Excluded = ExcludeModules.Length > 0 ? LoraTargets.Parse(string.Join(',', ExcludeModules)) : null,
        Layers = LayersToTransform,
        RankPattern = Pairs("rank_pattern", RankPattern).ToDictionary(p => p.Key, p => (int)p.Value, StringComparer.Ordinal),
        AlphaPattern = Pairs("alpha_pattern", AlphaPattern).ToDictionary(StringComparer.Ordinal),
        ModulesToSave = ModulesToSave,
    }.Checked("LoRA options");

    private static IEnumerable<KeyValuePair<string, double>> Pairs(string option, string[] texts)
    {
        foreach (var text in texts)
        {
            var at = text.LastIndexOf('=');
            if (at < 1 || !double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || (option == "rank_pattern" && number != Math.Floor(number)))
                throw new MedicalGptException("A pattern is malformed.") { Place = $"--{option.Replace('_', '-')}", Given = text, Allowed = "name=number, for example v_proj=4" };
            yield return KeyValuePair.Create(text[..at], number);
        }
    }
}
