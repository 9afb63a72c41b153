using System.Text.Json;
using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;
using MedicalGpt.Training.Templates.Named;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>Chooses the chat template: the tokenizer's own, one by name, or one of a file.</summary>
public static class ChatTemplates
{
    private const long MaxBytes = 4 << 20;

    /// <summary>Names that <c>--template_name</c> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. DialogueShapes.All.Select(s => s.Name)];

    /// <summary>Names that <c>--tool_format</c> knows.</summary>
    public static IReadOnlyList<string> ToolFormatNames => ToolFormats.Names;

    /// <summary>The template for a tokenizer.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="options">Which template.</param>
    /// <returns>The template; null = the tokenizer brings none and none was named.</returns>
    /// <exception cref="MedicalGptException">The template is unknown, cannot be read, or ends turns with a token that the tokenizer does not have.</exception>
    public static JinjaChatTemplate? For(Tokenizer tokenizer, ChatTemplateOptions options)
    {
        var variables = Variables(tokenizer.Config, options.Variables);
        if (options.Name is not { } name)
            return options.ToolFormat is null ? Own(tokenizer.Config, variables) : throw new MedicalGptException("A tool format is for named templates only.") { Place = "--tool_format", Given = options.ToolFormat, Remedy = "name a template too (--template_name), or leave the format out: the model's own template knows how it writes tools" };
        if (name.EndsWith(".jinja", StringComparison.Ordinal))
            return new JinjaChatTemplate(ReadFile(name), null, name, variables);
        var shape = DialogueShapes.All.FirstOrDefault(s => s.Name == name) ?? throw Unknown(name);
        if (shape.Stop is { } stop && tokenizer.IdOf(stop) is null)
            throw new MedicalGptException($"The chat template \"{name}\" ends turns with {stop}, which is no token of the tokenizer.") { Place = "--template_name", Given = name, Remedy = "name a template whose tokens the tokenizer has, or leave it out to use the tokenizer's own" };
        return new JinjaChatTemplate(ShapeTemplate.Write(shape, options.ToolFormat), null, $"template {name}", variables);
    }

    private static JinjaChatTemplate? Own(TokenizerConfig config, List<KeyValuePair<string, Value>> variables) => config.ChatTemplate is { } text
        ? new JinjaChatTemplate(text, config.NamedChatTemplates.GetValueOrDefault("tool_use"), config.ChatTemplateSource, variables)
        : null;

    private static string ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new MedicalGptException("The chat template's file does not exist.") { Place = "--template_name", Given = path };
        return file.Length <= MaxBytes ? File.ReadAllText(path) : throw new MedicalGptException("The chat template's file is too large.") { Place = path, Given = $"{file.Length} bytes", Allowed = $"at most {MaxBytes}" };
    }

    private static List<KeyValuePair<string, Value>> Variables(TokenizerConfig config, IReadOnlyDictionary<string, string> given)
    {
        var variables = config.SpecialTokens.Select(t => KeyValuePair.Create(t.Key, (Value)new StringValue(t.Value))).ToList();
        if (config.AdditionalSpecialTokens.Count > 0)
            variables.Add(new("additional_special_tokens", new ListValue([.. config.AdditionalSpecialTokens.Select(t => new StringValue(t))])));
        foreach (var (name, value) in given)
            variables.Add(name is "messages" or "tools" or "add_generation_prompt"
                ? throw new MedicalGptException("A variable of the chat template is set by the program.") { Place = $"--template_kwargs.{name}", Allowed = "other names, for example enable_thinking" }
                : new(name, Variable(value)));
        return variables;
    }

    private static Value Variable(string text)
    {
        try
        {
            return JsonValues.Of(JsonSerializer.Deserialize<JsonElement>(text is "True" or "False" or "None" ? text.ToLowerInvariant().Replace("none", "null", StringComparison.Ordinal) : text), null);
        }
        catch (JsonException)
        {
            return new StringValue(text);
        }
    }

    private static MedicalGptException Unknown(string name)
    {
        var near = Names.Where(n => n.StartsWith(name, StringComparison.OrdinalIgnoreCase) || name.StartsWith(n, StringComparison.OrdinalIgnoreCase)).ToList();
        return new MedicalGptException($"There is no chat template \"{name}\".") { Place = "--template_name", Given = name, Allowed = $"{string.Join(", ", Names)}, or the path of a .jinja file", Remedy = near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?" : null };
    }
}
