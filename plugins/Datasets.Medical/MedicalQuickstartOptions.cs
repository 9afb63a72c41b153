using MedicalGpt.Options;

namespace MedicalGpt.Datasets.Medical;

/// <summary>The dataset <c>medical-quickstart</c>: short verifiable medical questions in English and Chinese.</summary>
[Options("medical_quickstart")]
public sealed partial record MedicalQuickstartOptions
{
    /// <summary>Seed of the order of rows, of hedging and of wrong answers. Which questions are held out does not depend on it.</summary>
    [Range(0, int.MaxValue)]
    public int QuickstartSeed { get; init; } = 42;

    /// <summary>Training rows at most; 0 = all.</summary>
    [Range(0, int.MaxValue)]
    [Unit("rows")]
    public int QuickstartSize { get; init; }

    /// <summary>Rows of the validation and of the test split, the same number for every kind of question and language.</summary>
    [Range(14, 100_000)]
    [Unit("rows")]
    public int QuickstartHeldOutSize { get; init; } = 280;

    /// <summary>Training pairs of each question in the configurations reward and preference, each with another wrong answer.</summary>
    [Range(1, 100)]
    public int QuickstartPairsPerQuestion { get; init; } = 4;

    /// <summary>Languages of the questions.</summary>
    [AllowedValues("en", "zh")]
    public string[] QuickstartLanguages { get; init; } = ["en", "zh"];
}
