namespace MedicalGpt.Datasets.Medical.Facts;

/// <summary>Question kinds, as they stand in the <c>kind</c> column.</summary>
internal static class Kinds
{
    public const string DrugClass = "drug-class";
    public const string IcdChapter = "icd-chapter";
    public const string LabRange = "lab-range";
    public const string Dose = "dose";
    public const string Unit = "unit";
    public const string Abbreviation = "abbreviation";
    public const string Organ = "organ";

    /// <summary>All kinds, in table order.</summary>
    public static readonly IReadOnlyList<string> All = [DrugClass, IcdChapter, LabRange, Dose, Unit, Abbreviation, Organ];

    /// <summary>Kinds whose SFT rows come from a hedging source (see docs/quickstart-task.md).</summary>
    public static readonly IReadOnlySet<string> Hedged = new HashSet<string> { DrugClass, IcdChapter, LabRange, Organ };
}
