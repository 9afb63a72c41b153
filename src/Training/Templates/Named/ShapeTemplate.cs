using System.Text;

namespace MedicalGpt.Training.Templates.Named;

/// <summary>Writes the Jinja text of a named template.</summary>
internal static class ShapeTemplate
{
    private const string Body = """
        {%- set system = DEFAULT_SYSTEM %}
        {%- set turns = messages %}
        {%- if messages and messages[0]['role'] == 'system' %}
            {%- set system = messages[0]['content'] %}
            {%- set turns = messages[1:] %}
        {%- endif %}
        {%- if tools %}
            {%- set system = (system ~ '\n\n' if system else '') ~ tool_list(tools) %}
        {%- endif %}
        {{- BEGIN }}
        {%- if system and not SYSTEM_IN_USER %}
            {{- SYSTEM_OPEN ~ system ~ SYSTEM_CLOSE }}
        {%- endif %}
        {%- for message in turns %}
            {%- if message['role'] in ['user', 'tool'] %}
                {%- if loop.first or loop.previtem['role'] not in ['user', 'tool'] %}
                    {{- USER_OPEN }}
                    {%- if loop.first and system and SYSTEM_IN_USER %}
                        {{- SYSTEM_OPEN ~ system ~ SYSTEM_CLOSE }}
                    {%- endif %}
                {%- else %}
                    {{- '\n' }}
                {%- endif %}
                {{- tool_result(message['content']) if message['role'] == 'tool' else message['content'] }}
                {%- if loop.last or loop.nextitem['role'] not in ['user', 'tool'] %}
                    {{- USER_CLOSE }}
                {%- endif %}
            {%- elif message['role'] == 'assistant' %}
                {%- set content = message['content'] %}
                {{- ASSISTANT_OPEN }}
                {%- generation %}
                    REASONING
                    {{- content }}
                    {%- if message['tool_calls'] %}
                        {{- tool_calls_text(message['tool_calls'], content) }}
                    {%- endif %}
                    {{- STOP }}
                {%- endgeneration %}
                {%- if BETWEEN_AT_END or not loop.last %}
                    {{- BETWEEN }}
                {%- endif %}
            {%- elif message['role'] == 'system' and SYSTEM_OPEN and not SYSTEM_IN_USER %}
                {{- SYSTEM_OPEN ~ message['content'] ~ SYSTEM_CLOSE }}
            {%- else %}
                {{- raise_exception('the template NAME has no place for a turn of ' ~ message['role'] ~ ' here') }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- ASSISTANT_OPEN }}
        {%- endif %}
        """;

    private const string Kept = "{%- if message['reasoning_content'] %}{{- '<think>\\n' ~ message['reasoning_content'] ~ '\\n</think>\\n\\n' }}{%- endif %}";

    private const string Dropped = "{%- if '</think>' in content %}{%- set content = content.split('</think>')[-1].lstrip('\\n') %}{%- endif %}";

    /// <summary>The text.</summary>
    public static string Write(DialogueShape shape, string? toolFormat)
    {
        var body = new StringBuilder(Body)
            .Replace("BETWEEN_AT_END", shape.BetweenAtEnd ? "true" : "false")
            .Replace("BETWEEN", Quote(shape.Between))
            .Replace("SYSTEM_IN_USER", shape.SystemInUser ? "true" : "false")
            .Replace("DEFAULT_SYSTEM", Quote(shape.DefaultSystem))
            .Replace("SYSTEM_OPEN", Quote(shape.SystemOpen))
            .Replace("SYSTEM_CLOSE", Quote(shape.SystemClose))
            .Replace("USER_OPEN", Quote(shape.UserOpen))
            .Replace("USER_CLOSE", Quote(shape.UserClose))
            .Replace("ASSISTANT_OPEN", Quote(shape.AssistantOpen))
            .Replace("BEGIN", shape.Begins ? "bos_token if bos_token is defined else ''" : "''")
            .Replace("STOP", shape.Stop is { } stop ? Quote(stop) : "eos_token")
            .Replace("REASONING", shape.DropsReasoning ? Dropped : Kept)
            .Replace("NAME", shape.Name);
        return ToolFormats.Macros(toolFormat ?? shape.ToolFormat) + "\n" + body;
    }

    private static string Quote(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "'";
}
