namespace MedicalGpt.Modeling;

/// <summary>How fresh branches are drawn (PEFT's <c>init_lora_weights</c>).</summary>
public enum LoraInitialization
{
    /// <summary>A ~ U(−1/√in, 1/√in), B = 0: the adapter changes nothing at first.</summary>
    Default,

    /// <summary>A ~ N(0, 1/r²), B = 0.</summary>
    Gaussian,

    /// <summary>A and B both uniform, so the adapter changes the model from the start; for tests.</summary>
    Random,
}
