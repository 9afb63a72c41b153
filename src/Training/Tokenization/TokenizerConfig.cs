using System.Text.Json;

namespace MedicalGpt.Training.Tokenization;

/// <summary>What tokenizer_config.json (and special_tokens_map.json, chat_template.jinja) say beside the vocabulary.</summary>
public sealed record TokenizerConfig
{
    /// <summary>The end-of-sequence token; null = none is named.</summary>
    public string? EosToken { get; init; }

    /// <summary>The padding token; null = none is named.</summary>
    public string? PadToken { get; init; }

    /// <summary>The beginning-of-sequence token; null = none is named.</summary>
    public string? BosToken { get; init; }

    /// <summary>The chat template's text; null = there is none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Further chat templates by name, for example <c>tool_use</c>.</summary>
    public IReadOnlyDictionary<string, string> NamedChatTemplates { get; init; } = new Dictionary<string, string>();

    /// <summary>All named special tokens (<c>bos_token</c>, <c>unk_token</c> …), which chat templates see under these names.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Special tokens without a name of their own.</summary>
    public IReadOnlyList<string> AdditionalSpecialTokens { get; init; } = [];

    /// <summary>Where the chat template was read.</summary>
    public string ChatTemplateSource { get; init; } = "";

    /// <summary>Reads the files of a folder; an absent file says nothing.</summary>
    internal static TokenizerConfig Read(IReadOnlyDictionary<string, byte[]> files, string directory)
    {
        var config = new TokenizerConfig();
        foreach (var name in (string[])["special_tokens_map.json", "tokenizer_config.json"])
            if (files.TryGetValue(name, out var json))
                config = Merge(config, json, Path.Combine(directory, name));
        if (files.TryGetValue("chat_template.jinja", out var template))
            config = config with { ChatTemplate = System.Text.Encoding.UTF8.GetString(template), ChatTemplateSource = Path.Combine(directory, "chat_template.jinja") };
        const string Folder = "additional_chat_templates/";
        var named = files.ContainsKey("chat_template.jinja") ? [] : new Dictionary<string, string>(config.NamedChatTemplates); // a file of its own replaces all templates of tokenizer_config.json
        foreach (var (name, text) in files)
            if (name.StartsWith(Folder, StringComparison.Ordinal))
                named[Path.GetFileNameWithoutExtension(name)] = System.Text.Encoding.UTF8.GetString(text);
        return config with { NamedChatTemplates = named };
    }

    private static TokenizerConfig Merge(TokenizerConfig config, byte[] json, string source)
    {
        var root = StrictJson.ParseFile(json, source);
        return new TokenizerConfig
        {
            EosToken = Token(root["eos_token"]) ?? config.EosToken,
            PadToken = Token(root["pad_token"]) ?? config.PadToken,
            BosToken = Token(root["bos_token"]) ?? config.BosToken,
            ChatTemplate = Template(root["chat_template"]) ?? config.ChatTemplate,
            NamedChatTemplates = Named(root["chat_template"]) ?? config.NamedChatTemplates,
            SpecialTokens = Special(root, config.SpecialTokens),
            AdditionalSpecialTokens = root["additional_special_tokens"] is { IsNull: false } more ? [.. more.Items().Select(Token).OfType<string>()] : config.AdditionalSpecialTokens,
            ChatTemplateSource = source,
        };
    }

    private static Dictionary<string, string> Special(JsonPlace root, IReadOnlyDictionary<string, string> known)
    {
        var tokens = new Dictionary<string, string>(known);
        foreach (var name in (string[])["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"])
            if (Token(root[name]) is { } token)
                tokens[name] = token;
        return tokens;
    }

    private static Dictionary<string, string>? Named(JsonPlace template)
    {
        if (template.Element.ValueKind != JsonValueKind.Array)
            return null;
        var named = new Dictionary<string, string>();
        foreach (var item in template.Items())
            named[item["name"].Text()] = item["template"].Text();
        return named;
    }

    private static string? Token(JsonPlace token) =>
        token.IsNull ? null : token.Element.ValueKind == JsonValueKind.Object ? token["content"].Text() : token.Text();

    private static string? Template(JsonPlace template)
    {
        if (template.IsNull)
            return null;
        if (template.Element.ValueKind != JsonValueKind.Array)
            return template.Text();
        var named = template.Items().ToList();
        return named.Find(t => t["name"].Text() == "default") is { Source: not null } found
            ? found["template"].Text()
            : throw template.Expected("a template named default among the named templates");
    }
}
