using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;
using MedicalGpt.Training.Templates.Named;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>Chooses the chat template: the tokenizer's own, one by name, or one of a file.</summary>
public static partial class ChatTemplates
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
    /// <exception cref="MedicalGptException">The template is unknown, cannot be read, or ends turns with a token that the tokenizer does not have; a tool format or variable can have no effect on it.</exception>
    public static JinjaChatTemplate? For(Tokenizer tokenizer, ChatTemplateOptions options)
    {
        var variables = Variables(tokenizer.Config, options.Variables);
        var isFile = options.Name?.EndsWith(".jinja", StringComparison.Ordinal) == true;
        if (options.ToolFormat is { } format && (isFile || options.Name is null))
            throw new MedicalGptException("A tool format is for named templates only.") { Place = "--tool_format", Given = isFile ? $"{format}, beside the template of {options.Name}" : format, Allowed = $"a template by name beside it: {string.Join(", ", Names)}", Remedy = isFile ? "leave the format out: the file's template says itself how it writes tools" : "name a template too (--template_name), or leave the format out: the model's own template knows how it writes tools" };
        var own = tokenizer.Config.NamedChatTemplates.GetValueOrDefault("tool_use");
        var template = options.Name switch
        {
            null when tokenizer.Config.ChatTemplate is { } text => new JinjaChatTemplate(text, own, tokenizer.Config.ChatTemplateSource, variables),
            null => null,
            { } path when isFile => new JinjaChatTemplate(ReadFile(path), null, path, variables),
            { } name => Named(name, tokenizer, options.ToolFormat, variables),
        };
        foreach (var name in options.Variables.Keys)
            RequireUse(name, template, options.Name is null ? own : null);
        return template;
    }

    private static JinjaChatTemplate Named(string name, Tokenizer tokenizer, string? toolFormat, List<KeyValuePair<string, Value>> variables)
    {
        var shape = DialogueShapes.All.FirstOrDefault(s => s.Name == name) ?? throw Unknown(name);
        if (shape.Stop is { } stop && tokenizer.IdOf(stop) is null)
            throw new MedicalGptException($"The chat template \"{name}\" ends turns with {stop}, which is no token of the tokenizer.") { Place = "--template_name", Given = name, Remedy = "name a template whose tokens the tokenizer has, or leave it out to use the tokenizer's own" };
        return new JinjaChatTemplate(ShapeTemplate.Write(shape, toolFormat), null, $"template {name}", variables);
    }

    // A template sees variables by their names alone, so one whose text does not have the name cannot change by it.
    private static void RequireUse(string variable, JinjaChatTemplate? template, string? toolsText)
    {
        var words = Word().Matches($"{template?.Text} {toolsText}").Select(word => word.Value).ToHashSet(StringComparer.Ordinal);
        if (!words.Contains(variable))
            throw new MedicalGptException("The chat template has no such variable, so setting it has no effect.")
            {
                Place = $"--template_kwargs.{variable}",
                Given = template is null ? "no template: the tokenizer brings none, and none is named" : template.Source,
                Allowed = "a variable that the template's text names",
                Remedy = MedicalGpt.Options.OptionNames.Nearest(variable, words) is { } near ? $"did you mean {near}?" : "leave it out, or name another template (--template_name)",
            };
    }

    private static string ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new MedicalGptException("The chat template's file does not exist.") { Place = "--template_name", Given = path };
        if (file.Length > MaxBytes)
            throw new MedicalGptException("The chat template's file is too large.") { Place = path, Given = $"{file.Length} bytes", Allowed = $"at most {MaxBytes}" };
        var bytes = File.ReadAllBytes(path);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') : throw new MedicalGptException("The chat template's file is not valid UTF-8.") { Place = "--template_name", Given = bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? $"{path}, which looks like UTF-16" : path, Allowed = "text in UTF-8", Remedy = $"save it as UTF-8, for example: iconv -f {(bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? "UTF-16" : "GB18030")} -t UTF-8 {path}" };
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

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
