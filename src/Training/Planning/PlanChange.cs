namespace MedicalGpt.Training.Planning;

/// <summary>A change of options that saves memory.</summary>
/// <param name="Flags">What to write on the command line.</param>
/// <param name="Setup">The stage with it.</param>
/// <param name="Price">What it costs: the time of an update against the present one, raised where results or quality may change.</param>
/// <param name="Note">What changes besides memory.</param>
public sealed record PlanChange(IReadOnlyList<string> Flags, PlanSetup Setup, double Price, IReadOnlyList<string> Note);
