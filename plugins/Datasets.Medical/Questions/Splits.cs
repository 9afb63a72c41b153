namespace MedicalGpt.Datasets.Medical.Questions;

/// <summary>Split names.</summary>
internal static class Splits
{
    public const string Train = "train";
    public const string Validation = "validation";
    public const string Test = "test";

    public static readonly IReadOnlyList<string> All = [Train, Validation, Test];
}
