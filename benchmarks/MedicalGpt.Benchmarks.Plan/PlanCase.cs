namespace MedicalGpt.Benchmarks.Plan;

/// <summary>One configuration.</summary>
/// <param name="Name">What it is, for the table.</param>
/// <param name="Method">The stage.</param>
/// <param name="Model">Name of a shape in <see cref="PlanCases.Shapes"/>.</param>
/// <param name="Flags">Options of the stage that plan and train get alike.</param>
internal sealed record PlanCase(string Name, string Method, string Model, string Flags)
{
    /// <summary>The value of one of its options.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="otherwise">Where it is not given.</param>
    public int Number(string flag, int otherwise)
    {
        var words = Flags.Split(' ');
        var at = Array.IndexOf(words, flag);
        return at < 0 ? otherwise : int.Parse(words[at + 1]);
    }
}
