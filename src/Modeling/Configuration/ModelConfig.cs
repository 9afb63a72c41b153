using System.Text.Json;
using System.Text.Json.Nodes;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A model's <c>config.json</c>, in the layout of transformers 4 or 5; everything in it is kept and written back.</summary>
public sealed class ModelConfig
{
    private const long LargestFile = 4 << 20;
    private readonly HashSet<string> understood = new(StringComparer.Ordinal);

    /// <summary>Wraps parsed JSON.</summary>
    /// <param name="json">The object.</param>
    /// <param name="place">File name for errors.</param>
    public ModelConfig(JsonObject json, string place)
    {
        Json = json;
        Place = place;
    }

    /// <summary>The whole object.</summary>
    public JsonObject Json { get; }

    /// <summary>Where it comes from, for errors.</summary>
    public string Place { get; }

    /// <summary><c>model_type</c>, for example <c>qwen2</c>; empty when absent.</summary>
    public string ModelType => Text("model_type") ?? "";

    /// <summary>First of <c>architectures</c>, for example <c>Qwen2ForCausalLM</c>; empty when absent.</summary>
    public string Architecture => Json["architectures"] is JsonArray { Count: > 0 } list && list[0] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>True for a model with a score head instead of a language-model head.</summary>
    public bool IsScoreModel => Architecture.EndsWith("ForSequenceClassification", StringComparison.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of <c>config.json</c>.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="MedicalGptException">The file is missing, too large or not a JSON object.</exception>
    public static ModelConfig Read(string path) => new(JsonFile.ReadObject(path, LargestFile), path);

    /// <summary>Keys that a family knows and that change nothing; every key it reads is known without this.</summary>
    /// <param name="names">The keys.</param>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            understood.Add(name);
    }

    /// <summary>Refuses keys that nobody read, because they may change what the model computes. Keys that transformers gives every model, and those that are off (null, false, 0, empty), are fine.</summary>
    /// <exception cref="MedicalGptException">There are such keys; all are named.</exception>
    public void RefuseUnread()
    {
        var unread = Json.Where(p => !understood.Contains(p.Key) && !HarmlessKeys.Contains(p.Key) && !IsOff(p.Value)).Select(p => p.Key).ToArray();
        if (unread.Length == 0)
            return;
        throw new MedicalGptException($"The configuration asks for what is not supported for '{ModelType}'.")
        {
            Place = Place,
            Given = string.Join(", ", unread.Select(k => $"{k}: {Short(Json[k]!.ToJsonString())}")),
            Allowed = "keys that the model family reads; others might change what the model computes",
            Remedy = "use a model of a supported kind; if you know that a key changes nothing, take it out of config.json",
        };
    }

    /// <summary>A whole number that must be there.</summary>
    /// <param name="name">Key.</param>
    /// <returns>The number.</returns>
    public int Integer(string name) => OptionalInteger(name) ?? throw new MedicalGptException($"{Place}: '{name}' is missing; a whole number is needed");

    /// <summary>A whole number that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <returns>The number, or null.</returns>
    public int? OptionalInteger(string name)
    {
        if (Node(name) is not { } node)
            return null;
        return node is JsonValue value && value.TryGetValue<int>(out var number) ? number : throw Wrong(name, node, "a whole number");
    }

    /// <summary>A number that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <param name="absent">Value when absent.</param>
    /// <returns>The number.</returns>
    public double Number(string name, double absent) => OptionalNumber(name) ?? absent;

    /// <summary>A number that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <returns>The number, or null.</returns>
    public double? OptionalNumber(string name)
    {
        Ignore(name);
        return NumberIn(Json, null, name);
    }

    /// <summary>A truth value that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <param name="absent">Value when absent.</param>
    /// <returns>The value.</returns>
    public bool Flag(string name, bool absent)
    {
        if (Node(name) is not { } node)
            return absent;
        return node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : throw Wrong(name, node, "true or false");
    }

    /// <summary>A string that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <returns>The string, or null.</returns>
    public string? Text(string name)
    {
        if (Node(name) is not { } node)
            return null;
        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Wrong(name, node, "a string");
    }

    /// <summary>Refuses a key that is not 0: something random or structural that is not supported.</summary>
    /// <param name="name">Key.</param>
    /// <param name="what">What it would do, for the error.</param>
    public void MustBeZero(string name, string what)
    {
        if (Number(name, 0) is not 0.0 and var given)
            throw new MedicalGptException($"{Place}: {name} is {given}; {what} is not supported, set it to 0");
    }

    /// <summary>Nonlinearity of the MLP.</summary>
    /// <param name="absent">Its name when the key is absent.</param>
    /// <param name="name">Key.</param>
    /// <returns>The activation.</returns>
    /// <exception cref="MedicalGptException">Another name.</exception>
    public Activation Activation(string absent = "silu", string name = "hidden_act") => (Text(name) ?? absent) switch
    {
        "silu" or "swish" => Modeling.Activation.Silu,
        "gelu_pytorch_tanh" or "gelu_new" => Modeling.Activation.GeluTanh,
        "gelu" => Modeling.Activation.Gelu,
        var other => throw new MedicalGptException($"{Place}: {name} '{other}' is not supported for {ModelType}; supported are silu, gelu and gelu_pytorch_tanh"),
    };

    /// <summary>Rotary embedding from <c>rope_parameters</c> (transformers 5) or <c>rope_theta</c> and <c>rope_scaling</c> (transformers 4).</summary>
    /// <param name="maxPositions"><c>max_position_embeddings</c>.</param>
    /// <param name="theta">The base when the key is absent.</param>
    /// <param name="layerType">Key inside <c>rope_parameters</c> where each kind of layer has its own, for example <c>sliding_attention</c>; null = one for all.</param>
    /// <param name="thetaKey">Key of the base in transformers 4.</param>
    /// <returns>The options.</returns>
    /// <exception cref="MedicalGptException">An unknown rope type, or a key that the type does not have.</exception>
    public RopeOptions Rope(int maxPositions, double theta = 10000.0, string? layerType = null, string thetaKey = "rope_theta") =>
        new RopeReader(this).Read(theta, layerType, thetaKey, maxPositions);

    /// <summary>Which layers have a sliding window: <c>layer_types</c> (transformers 5), else a rule.</summary>
    /// <param name="layers">Number of layers.</param>
    /// <param name="width">The window; null = none.</param>
    /// <param name="rule">True for the index of a layer with a window, where <c>layer_types</c> is absent.</param>
    /// <returns>The windows; null when no layer has one.</returns>
    /// <exception cref="MedicalGptException"><c>layer_types</c> has another length or an unknown entry, or asks for a window whose width is not given.</exception>
    public SlidingWindow? Windows(int layers, int? width, Func<int, bool> rule)
    {
        if (width < 1)
            throw new MedicalGptException($"{Place}: sliding_window is {width}; a whole number above 0 is needed, or null for none");
        var slides = Enumerable.Range(0, layers).Select(i => width > 0 && rule(i)).ToArray();
        if (Node("layer_types") is JsonArray types)
        {
            var unknown = types.Select(t => t?.ToString() ?? "null").Where(t => t is not ("full_attention" or "sliding_attention")).Distinct().ToArray();
            if (types.Count != layers || unknown.Length > 0)
                throw new MedicalGptException($"{Place}: layer_types has {types.Count} entries{(unknown.Length > 0 ? $", among them {string.Join(", ", unknown)}" : "")}; needed are {layers}, each full_attention or sliding_attention");
            slides = [.. types.Select(t => t!.ToString() == "sliding_attention")];
        }

        if (!slides.Contains(true))
            return null;
        return width > 0 ? new SlidingWindow(width.Value, slides) : throw new MedicalGptException($"{Place}: layer_types asks for sliding_attention, but sliding_window is {width?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}; a whole number above 0 is needed");
    }

    /// <summary>Format of the weights as it says itself: <c>dtype</c> (transformers 5) or <c>torch_dtype</c>.</summary>
    /// <returns>The format; null when absent or <c>auto</c>.</returns>
    /// <exception cref="MedicalGptException">Another name.</exception>
    public ScalarType? Format() => (Text("dtype") ?? Text("torch_dtype"))?.Replace("torch.", "", StringComparison.Ordinal) switch
    {
        null or "auto" => null,
        "float32" => ScalarType.Float32,
        "bfloat16" => ScalarType.BFloat16,
        "float16" => ScalarType.Float16,
        "float64" => ScalarType.Float64,
        var other => throw new MedicalGptException($"{Place}: dtype '{other}' is not supported; supported are float32, bfloat16, float16 and float64"),
    };

    /// <summary>Stop tokens: <c>eos_token_id</c>, a number or a list.</summary>
    /// <returns>Token ids; empty when absent.</returns>
    public int[] StopIds() => Json["eos_token_id"] switch
    {
        null => [],
        JsonArray list => [.. list.Select(Id)],
        var single => [Id(single)],
    };

    private int Id(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var id) ? id : throw Wrong("eos_token_id", node, "a token id or a list of them");

    /// <summary>An object that may be absent or null.</summary>
    internal JsonObject? Object(string name) => Node(name) switch
    {
        null => null,
        JsonObject found => found,
        var other => throw Wrong(name, other, "an object"),
    };

    /// <summary>A number inside an object of the configuration.</summary>
    internal double? NumberIn(JsonObject json, string? place, string name)
    {
        if (json[name] is not { } node)
            return null;
        return node.GetValueKind() == JsonValueKind.Number ? Value(node) : throw Wrong(place is null ? name : $"{place}.{name}", node, "a number");
    }

    private JsonNode? Node(string name)
    {
        Ignore(name);
        return Json[name];
    }

    private static bool IsOff(JsonNode? node) => node switch
    {
        null or JsonArray { Count: 0 } or JsonObject { Count: 0 } => true,
        JsonValue value => value.GetValueKind() == JsonValueKind.False || (value.GetValueKind() == JsonValueKind.Number && Value(value) == 0),
        _ => false,
    };

    // Values that were parsed and those that were made in memory convert differently; their text does not.
    private static double Value(JsonNode node) => double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private MedicalGptException Wrong(string name, JsonNode? node, string needed) =>
        new($"{Place}: '{name}' is {node?.ToJsonString() ?? "null"}; {needed} is needed");
}
