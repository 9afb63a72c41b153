namespace MedicalGpt.Training.Templates.Named;

/// <summary>
/// The ways named templates write tools, each as three macros in Jinja: <c>tool_list(tools)</c> behind the system text, <c>tool_calls_text(calls, content)</c> in an answer, <c>tool_result(content)</c> in a turn of the person.
/// Schemas may stand bare or in OpenAI's <c>function</c> wrapper.
/// </summary>
internal static class ToolFormats
{
    private const string Function = "{%- set f = tool.function if tool.function is defined else tool %}";

    private const string Default = """
        {%- macro tool_list(tools) -%}
        {{- 'You can use these tools:\n' }}
        {%- for tool in tools %}
        FUNCTION
        {{- '> Tool Name: ' ~ f.name ~ '\nTool Description: ' ~ f.description | default('') ~ '\nTool Args:\n' }}
        {%- for name, p in (f.parameters.properties if f.parameters is defined and f.parameters.properties is defined else {}).items() %}
        {{- '  - ' ~ name ~ ' (' ~ p.type | default('any') ~ (', required' if name in f.parameters.required | default([]) else '') ~ '): ' ~ p.description | default('') }}
        {{- ', one of [' ~ p.enum | join(', ') ~ ']' if p.enum is defined else '' }}
        {{- ', items of type ' ~ p['items'].type if p['items'] is mapping and p['items'].type is defined else '' }}
        {{- '\n' }}
        {%- endfor %}
        {{- '\n' }}
        {%- endfor %}
        {{- 'To use a tool, write:\nAction: the name of the tool\nAction Input: its arguments as a JSON object\n' }}
        {%- endmacro %}
        {%- macro tool_calls_text(calls, content) -%}
        {%- for call in calls %}
        {{- 'Action: ' ~ call.function.name ~ '\nAction Input: ' ~ call.function.arguments | tojson ~ '\n' }}
        {%- endfor %}
        {%- endmacro %}
        {%- macro tool_result(content) -%}
        {{- 'Observation: ' ~ content }}
        {%- endmacro %}
        """;

    private const string Glm4 = """
        {%- macro tool_list(tools) -%}
        {{- '你是一个名为 ChatGLM 的人工智能助手，你的任务是针对用户的问题和要求提供适当的答复和支持。\n\n# 可用工具' }}
        {%- for tool in tools %}
        FUNCTION
        {{- '\n\n## ' ~ f.name ~ '\n\n' ~ f | tojson(indent=4) ~ '\n在调用上述函数时，请使用 Json 格式表示调用的参数。' }}
        {%- endfor %}
        {%- endmacro %}
        {%- macro tool_calls_text(calls, content) -%}
        {%- if calls | length > 1 %}{{- raise_exception('the tool format glm4 has a place for one call only') }}{%- endif %}
        {%- for call in calls %}{{- call.function.name ~ '\n' ~ call.function.arguments | tojson }}{%- endfor %}
        {%- endmacro %}
        {%- macro tool_result(content) -%}
        {{- '<|observation|>\n' ~ content }}
        {%- endmacro %}
        """;

    private const string Llama3 = """
        {%- macro tool_list(tools) -%}
        {{- 'Cutting Knowledge Date: December 2023\n' ~ ('Today Date: ' ~ date_string ~ '\n' if date_string is defined else '') ~ '\nYou have access to the following functions. To call a function, answer with JSON of the form {"name": function name, "parameters": object of arguments}. Do not use variables.\n\n' }}
        {%- for tool in tools %}
        FUNCTION
        {{- {'type': 'function', 'function': f} | tojson(indent=4) ~ '\n\n' }}
        {%- endfor %}
        {%- endmacro %}
        {%- macro tool_calls_text(calls, content) -%}
        {%- if calls | length > 1 %}{{- raise_exception('the tool format llama3 has a place for one call only') }}{%- endif %}
        {%- for call in calls %}{{- '{"name": ' ~ call.function.name | tojson ~ ', "parameters": ' ~ call.function.arguments | tojson ~ '}' }}{%- endfor %}
        {%- endmacro %}
        {%- macro tool_result(content) -%}
        {{- 'Observation: ' ~ content }}
        {%- endmacro %}
        """;

    private const string Mistral = """
        {%- macro tool_list(tools) -%}
        {{- '[AVAILABLE_TOOLS] [' }}
        {%- for tool in tools %}
        FUNCTION
        {{- {'type': 'function', 'function': f} | tojson ~ ('' if loop.last else ', ') }}
        {%- endfor %}
        {{- '][/AVAILABLE_TOOLS]' }}
        {%- endmacro %}
        {%- macro tool_calls_text(calls, content) -%}
        {{- '[' }}
        {%- for call in calls %}{{- '{"name": ' ~ call.function.name | tojson ~ ', "arguments": ' ~ call.function.arguments | tojson ~ '}' ~ ('' if loop.last else ', ') }}{%- endfor %}
        {{- ']' }}
        {%- endmacro %}
        {%- macro tool_result(content) -%}
        {{- '[TOOL_RESULTS] {"content": ' ~ content ~ '}[/TOOL_RESULTS]' }}
        {%- endmacro %}
        """;

    private const string Qwen = """
        {%- macro tool_list(tools) -%}
        {{- '# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>' }}
        {%- for tool in tools %}{{- '\n' ~ (tool if tool.function is defined else {'type': 'function', 'function': tool}) | tojson }}{%- endfor %}
        {{- '\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>' }}
        {%- endmacro %}
        {%- macro tool_calls_text(calls, content) -%}
        {%- for call in calls %}{{- ('\n' if content or not loop.first else '') ~ '<tool_call>\n{"name": "' ~ call.function.name ~ '", "arguments": ' ~ call.function.arguments | tojson ~ '}\n</tool_call>' }}{%- endfor %}
        {%- endmacro %}
        {%- macro tool_result(content) -%}
        {{- '<tool_response>\n' ~ content ~ '\n</tool_response>' }}
        {%- endmacro %}
        """;

    /// <summary>Their names; qwen3 and qwen3.5 are qwen.</summary>
    public static IReadOnlyList<string> Names { get; } = ["default", "glm4", "llama3", "mistral", "qwen", "qwen3", "qwen3.5"];

    /// <summary>The macros of a format.</summary>
    /// <exception cref="MedicalGptException">There is no such format.</exception>
    public static string Macros(string name) => (name switch
    {
        "default" => Default,
        "glm4" => Glm4,
        "llama3" => Llama3,
        "mistral" => Mistral,
        "qwen" or "qwen3" or "qwen3.5" => Qwen,
        _ => throw new MedicalGptException($"There is no tool format \"{name}\".") { Place = "--tool_format", Given = name, Allowed = string.Join(", ", Names) },
    }).Replace("FUNCTION", Function, StringComparison.Ordinal);
}
