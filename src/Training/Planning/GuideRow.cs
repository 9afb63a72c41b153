namespace MedicalGpt.Training.Planning;

/// <summary>A stage in the seed guide's hardware table, with what we predict for a model of that size.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="GuideMemory">Memory that the guide states, GB: from, to.</param>
/// <param name="GuideHours">Hours on one device that the guide states: from, to; null = none stated.</param>
/// <param name="Half">Our prediction with LoRA on a bf16 model and checkpointing, bytes.</param>
/// <param name="FourBit">Our prediction with LoRA on a 4-bit model and checkpointing, bytes.</param>
/// <param name="Hours">Our prediction for a hundred thousand rows of the guide's lengths on one A100 with 80 GB (PPO: its 100,000 episodes).</param>
public sealed record GuideRow(string Stage, (double From, double To) GuideMemory, (double From, double To)? GuideHours, double Half, double FourBit, double Hours)
{
    /// <summary>Where the guide's memory holds.</summary>
    public string Verdict => (Fits(Half), Fits(FourBit)) switch
    {
        (true, _) => "holds for LoRA on a bf16 model",
        (false, true) => "holds with --qlora",
        _ => "too low for both",
    };

    private bool Fits(double bytes) => bytes <= GuideMemory.To * 1e9;
}
