namespace MedicalGpt.Modeling;

/// <summary>Which bias vectors are trained with an adapter (PEFT's <c>bias</c>).</summary>
public enum LoraBias
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those of every linear layer.</summary>
    All,

    /// <summary>Those of layers with a branch.</summary>
    LoraOnly,
}
