namespace MedicalGpt.Modeling;

/// <summary>A LoRA adapter's shape (PEFT's LoraConfig).</summary>
public sealed record LoraOptions
{
    /// <summary>Rank r.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>α; branches are scaled by α / r.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Dropout on the branch's input in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Scale by α / √r instead (Kalajdzievski 2023, arXiv:2312.03732).</summary>
    public bool RankStabilized { get; init; }

    /// <summary>Which linear layers get a branch.</summary>
    public LoraTargets Targets { get; init; } = LoraTargets.AllLinear;

    /// <summary>Modules that are trained whole, as a copy in the adapter; <c>score</c> for score models.</summary>
    public IReadOnlyList<string> ModulesToSave { get; init; } = [];

    /// <summary>The scale of the branches.</summary>
    public double Scale => Alpha / (RankStabilized ? Math.Sqrt(Rank) : Rank);

    /// <summary>Checks the numbers.</summary>
    /// <param name="place">Where they come from, for the error.</param>
    /// <returns>This record.</returns>
    /// <exception cref="MedicalGptException">One is out of range.</exception>
    public LoraOptions Checked(string place)
    {
        if (Rank is < 1 or > 4096)
            throw new MedicalGptException($"{place}: LoRA rank {Rank} is not in [1, 4096]");
        if (!(Alpha > 0 && double.IsFinite(Alpha)))
            throw new MedicalGptException($"{place}: LoRA alpha {Alpha} is not above 0");
        if (!(Dropout >= 0 && Dropout < 1))
            throw new MedicalGptException($"{place}: LoRA dropout {Dropout} is not in [0, 1)");
        return this;
    }
}
