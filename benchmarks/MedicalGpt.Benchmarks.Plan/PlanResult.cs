namespace MedicalGpt.Benchmarks.Plan;

/// <summary>A prediction beside what was measured, bytes.</summary>
/// <param name="Case">The configuration.</param>
/// <param name="Predicted">Tensors that plan counts.</param>
/// <param name="Tensors">Most bytes of live tensors at once, our own count.</param>
/// <param name="Process">VmHWM beyond that of the same stage with a model of next to no size.</param>
internal sealed record PlanResult(PlanCase Case, double Predicted, double Tensors, double Process)
{
    /// <summary>How far the prediction is above the tensors.</summary>
    public double TensorError => Predicted / Tensors - 1;

    /// <summary>How far the prediction is above what the process grew by.</summary>
    public double ProcessError => Predicted / Process - 1;

    /// <summary>A row of the table.</summary>
    public string Row => $"| {Case.Name} | {Predicted / 1e6:0} | {Tensors / 1e6:0} | {TensorError:+0.0 %;-0.0 %;0.0 %} | {Process / 1e6:0} | {ProcessError:+0.0 %;-0.0 %;0.0 %} |";
}
