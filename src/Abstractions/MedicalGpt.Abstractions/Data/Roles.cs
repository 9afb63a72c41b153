namespace MedicalGpt.Data;

/// <summary>Names of dialogue roles after reading (ShareGPT's human, gpt, observation … are mapped to these).</summary>
public static class Roles
{
    /// <summary>Instructions to the model.</summary>
    public const string System = "system";

    /// <summary>The person.</summary>
    public const string User = "user";

    /// <summary>The model.</summary>
    public const string Assistant = "assistant";

    /// <summary>The result of a tool call.</summary>
    public const string Tool = "tool";
}
