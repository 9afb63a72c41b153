namespace MedicalGpt.Training.Planning;

/// <summary>How long a run takes on devices of a known rate.</summary>
/// <param name="Updates">Updates of the run.</param>
/// <param name="SecondsPerUpdate">On one device.</param>
public sealed record RunTime(double Updates, double SecondsPerUpdate)
{
    /// <summary>Share of a device's rate that training reaches; a stated rate is a ceiling, a measured one is already lower.</summary>
    public const double TrainingShare = 0.4;

    /// <summary>Share of a device's bandwidth that generation reaches.</summary>
    public const double GenerationShare = 0.5;

    // What a second device adds after gradients are exchanged.
    private const double SecondDevice = 0.9;

    /// <summary>Hours on some devices that share the rows.</summary>
    /// <param name="devices">Number of devices.</param>
    public double Hours(int devices) => Updates * SecondsPerUpdate / 3600 / (1 + (devices - 1) * SecondDevice);

    /// <summary>Updates that rows give.</summary>
    /// <param name="setup">The stage.</param>
    /// <param name="rows">Rows, as often as they are read.</param>
    public static double UpdatesOf(PlanSetup setup, double rows) => Math.Ceiling(rows / (setup.Shape.RowsPerMicroBatch * setup.Shape.Accumulation)) * setup.Shape.Passes;

    /// <summary>Predicts.</summary>
    /// <param name="setup">The stage.</param>
    /// <param name="device">The device.</param>
    /// <param name="updates">Updates of the run.</param>
    /// <param name="measured">True = the rate was measured with products of this kind, and is reached to a larger share.</param>
    public static RunTime Of(PlanSetup setup, DeviceRate device, double updates, bool measured)
    {
        var cost = StepCost.Of(setup);
        var arithmetic = (cost.Forward + cost.Backward + cost.Recomputation) / device.Rate / (measured ? 0.7 : TrainingShare);
        var generation = Math.Max(cost.Generation / device.Rate / TrainingShare, cost.GenerationBytes / device.Bandwidth / GenerationShare);
        return new RunTime(updates, arithmetic + generation);
    }
}
