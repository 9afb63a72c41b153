namespace MedicalGpt.Options;

/// <summary>All wrong options of one command, each on its own line.</summary>
/// <param name="errors">The errors; at least one.</param>
public sealed class OptionsException(IReadOnlyList<OptionError> errors)
    : MedicalGptException(Describe(errors))
{
    /// <summary>The errors.</summary>
    public IReadOnlyList<OptionError> Errors { get; } = errors.ToArray();

    private static string Describe(IReadOnlyList<OptionError> errors) =>
        (errors.Count == 1 ? "1 option is wrong." : $"{errors.Count} options are wrong.")
        + string.Concat(errors.Select(error => "\n  " + error));
}
