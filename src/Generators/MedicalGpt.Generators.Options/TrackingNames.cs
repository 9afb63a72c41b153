namespace MedicalGpt.Generators.Options;

/// <summary>Names of the incremental steps, for caching tests.</summary>
internal static class TrackingNames
{
    public const string Results = "Results";
    public const string Accepted = "Accepted";
    public const string Records = "Records";
    public const string Problems = "Problems";
}
