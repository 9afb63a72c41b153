namespace MedicalGpt.Data;

/// <summary>What a stage trains on; the host reads rows as this.</summary>
public enum ExampleKind
{
    /// <summary><see cref="PlainText"/> or <see cref="TokenizedSequence"/>.</summary>
    Text,

    /// <summary><see cref="Conversation"/>, <see cref="PromptCompletion"/> or <see cref="TokenizedSequence"/>.</summary>
    Conversation,

    /// <summary><see cref="PreferencePair"/> or <see cref="TokenizedPair"/>.</summary>
    Preference,

    /// <summary><see cref="UnpairedExample"/>.</summary>
    Unpaired,

    /// <summary><see cref="Prompt"/> or <see cref="TokenizedPrompt"/>.</summary>
    Prompt,
}
