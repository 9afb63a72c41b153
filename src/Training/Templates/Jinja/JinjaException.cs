namespace MedicalGpt.Training.Templates.Jinja;

/// <summary>What goes wrong in a template, under the name that the reference library gives it.</summary>
internal sealed class JinjaException : Exception
{
    /// <summary>Makes an error.</summary>
    public JinjaException(string kind, string message, int line = 0)
        : base(message)
    {
        Kind = kind;
        Line = line;
    }

    /// <summary>The reference's name of the error, for example <c>UndefinedError</c>.</summary>
    public string Kind { get; }

    /// <summary>Line of the template, from 1; 0 = not known yet.</summary>
    public int Line { get; set; }

    /// <summary>A value of a wrong type.</summary>
    public static JinjaException Type(string message) => new("TypeError", message);

    /// <summary>A value out of range.</summary>
    public static JinjaException Value(string message) => new("ValueError", message);

    /// <summary>Something undefined was used.</summary>
    public static JinjaException Undefined(string message) => new("UndefinedError", message);

    /// <summary>The template's text is wrong.</summary>
    public static JinjaException Syntax(string message, int line) => new("TemplateSyntaxError", message, line);

    /// <summary>The template would take more than it may.</summary>
    public static JinjaException Limit(string message) => new("LimitError", message);
}
