using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja;

/// <summary>What is the same for all of one rendering.</summary>
/// <param name="Meter">What it takes.</param>
/// <param name="Time">The clock of <c>strftime_now</c>.</param>
internal sealed record RenderContext(Meter Meter, TimeProvider Time)
{
    /// <summary>The value as text, as the reference's <c>str</c> writes it.</summary>
    public StringValue Text(Value value) => PythonText.Str(value, this);
}
