namespace MedicalGpt.Training;

/// <summary>The learning rate of every update, as transformers computes it (<c>get_scheduler</c>).</summary>
/// <param name="type">Shape.</param>
/// <param name="peak">Highest learning rate.</param>
/// <param name="warmup">Updates over which it rises from 0; update 0 of a warm-up has rate 0.</param>
/// <param name="total">Updates in all.</param>
public sealed class LearningRateSchedule(ScheduleType type, double peak, int warmup, int total)
{
    /// <summary>The rate of an update.</summary>
    /// <param name="step">Updates done before it.</param>
    /// <returns>The learning rate.</returns>
    public double At(int step) => peak * Factor(step);

    private double Factor(int step)
    {
        if (type == ScheduleType.Constant)
            return 1.0;
        if (step < warmup)
            return step / (double)Math.Max(1, warmup);
        var rest = (double)Math.Max(1, total - warmup);
        return type switch
        {
            ScheduleType.Linear => Math.Max(0.0, (total - step) / rest),
            ScheduleType.Cosine => Math.Max(0.0, 0.5 * (1.0 + Math.Cos(Math.PI * (step - warmup) / rest))),
            _ => 1.0,
        };
    }
}
