namespace MedicalGpt.Training.Templates;

/// <summary>Plain ChatML, which goes into tokenizers that we train: <c>&lt;|im_start|&gt;role\ncontent&lt;|im_end|&gt;\n</c>.</summary>
public static class PlainChatMl
{
    /// <summary>Its text.</summary>
    public const string Text =
        "{%- for message in messages %}{{- '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{%- endfor %}" +
        "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";
}
