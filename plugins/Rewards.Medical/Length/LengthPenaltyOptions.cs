using MedicalGpt.Options;

namespace MedicalGpt.Rewards.Medical.Length;

/// <summary>Reward <c>length-penalty</c>: soft punishment of overlong completions.</summary>
[Options("length_penalty")]
public sealed partial record LengthPenaltyOptions
{
    /// <summary>Completions up to this many tokens are not punished.</summary>
    [Range(0, int.MaxValue)]
    [Unit("tokens")]
    public int LengthPenaltyFree { get; init; } = 192;

    /// <summary>From this many tokens on the punishment is -1; between the two it grows linearly.</summary>
    [Range(1, int.MaxValue)]
    [Unit("tokens")]
    public int LengthPenaltyFull { get; init; } = 256;

    partial void OnValidate(OptionErrors errors)
    {
        if (LengthPenaltyFull <= LengthPenaltyFree)
            errors.Conflict("length_penalty_full", "must be above length_penalty_free", "raise --length-penalty-full or lower --length-penalty-free");
    }
}
