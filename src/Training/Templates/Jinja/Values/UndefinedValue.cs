namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>What has no value: it prints nothing, is false and empty; any other use is an error that says what was missing.</summary>
internal sealed class UndefinedValue(string message, string kind = "UndefinedError") : Value
{
    public override string TypeName => "Undefined";

    public override bool IsTrue => false;

    /// <summary>The error of using it.</summary>
    public JinjaException Used() => new(kind, message);

    /// <summary>A variable that nobody set.</summary>
    public static UndefinedValue Name(string name) => new($"'{name}' is undefined");

    /// <summary>An attribute that a value does not have.</summary>
    public static UndefinedValue Attribute(Value value, string name) => new($"'{Describe(value)}' has no attribute {PythonText.Quote(name)}");

    /// <summary>An element that a value does not have.</summary>
    public static UndefinedValue Element(Value value, string key) => new($"{Describe(value)} has no element {key}");

    /// <summary>An attribute that would change a value or reach behind it.</summary>
    public static UndefinedValue Unsafe(Value value, string name) => new($"access to attribute '{name}' of '{value.TypeName}' object is unsafe.", "SecurityError");

    private static string Describe(Value value) => value switch
    {
        NoneValue => "None",
        NamespaceValue => "jinja2.utils.Namespace object",
        FunctionValue { TypeName: "Macro" } => "jinja2.runtime.Macro object",
        _ => $"{value.TypeName} object",
    };
}
