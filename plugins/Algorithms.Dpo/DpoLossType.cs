using MedicalGpt.Options;

namespace MedicalGpt.Algorithms.Dpo;

/// <summary>The contrast between the two answers of a pair; formulas in <see cref="DpoLoss"/>.</summary>
public enum DpoLossType
{
    /// <summary>Rafailov et al. 2023; with label smoothing, cDPO.</summary>
    Sigmoid,

    /// <summary>Length-normalised sigmoid.</summary>
    SigmoidNorm,

    /// <summary>SLiC hinge.</summary>
    Hinge,

    /// <summary>Azar et al. 2023.</summary>
    Ipo,

    /// <summary>Chowdhury et al. 2024 (noisy labels).</summary>
    Robust,

    /// <summary>Ji et al. 2024.</summary>
    ExoPair,

    /// <summary>Chen et al. 2024.</summary>
    NcaPair,

    /// <summary>Jung et al. 2024, without the running mean.</summary>
    BcoPair,

    /// <summary>Wu et al. 2024.</summary>
    SppoHard,

    /// <summary>D'Oosterlinck et al. 2024: the better answer becomes likelier.</summary>
    ApoZero,

    /// <summary>D'Oosterlinck et al. 2024: both become less likely.</summary>
    ApoDown,
}
