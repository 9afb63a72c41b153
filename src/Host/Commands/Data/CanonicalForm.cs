namespace MedicalGpt.Host.Commands.Data;

/// <summary>How rows are written.</summary>
public enum CanonicalForm
{
    /// <summary>The usual form of the rows' kind: sharegpt (with <c>label</c> for unpaired answers), preference, prompt or text.</summary>
    Auto,

    /// <summary>Dialogues as <c>conversations</c> of <c>from</c> and <c>value</c>.</summary>
    Sharegpt,

    /// <summary>Dialogues as <c>messages</c> of <c>role</c> and <c>content</c>.</summary>
    Messages,

    /// <summary>Pairs as <c>conversations</c>, <c>chosen</c> and <c>rejected</c>.</summary>
    Preference,

    /// <summary>Prompts as <c>prompt</c> (messages) with their other columns.</summary>
    Prompt,

    /// <summary>Documents as <c>text</c>.</summary>
    Text,
}
