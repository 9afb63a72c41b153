using MedicalGpt.Torch.Modules;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>What AdamW remembers of one parameter. Moments are null before its first update; they live outside every scope.</summary>
public sealed class AdamWState : IDisposable
{
    /// <summary>Updates done.</summary>
    public long Step { get; internal set; }

    /// <summary>Moving average of the gradient, like the parameter.</summary>
    public Tensor? FirstMoment { get; private set; }

    /// <summary>Moving average of the squared gradient, like the parameter.</summary>
    public Tensor? SecondMoment { get; private set; }

    /// <summary>Largest second moment so far; with amsgrad only.</summary>
    public Tensor? MaximumSecondMoment { get; private set; }

    /// <summary>Replaces the state by a saved one; the tensors are copied.</summary>
    public void Restore(long step, Tensor? firstMoment, Tensor? secondMoment, Tensor? maximumSecondMoment = null)
    {
        Dispose();
        Step = step;
        FirstMoment = Own(firstMoment);
        SecondMoment = Own(secondMoment);
        MaximumSecondMoment = Own(maximumSecondMoment);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FirstMoment?.Dispose();
        SecondMoment?.Dispose();
        MaximumSecondMoment?.Dispose();
        FirstMoment = SecondMoment = MaximumSecondMoment = null;
    }

    internal void Prepare(Parameter parameter, bool amsgrad)
    {
        FirstMoment ??= torch.zeros_like(parameter).DetachFromDisposeScope();
        SecondMoment ??= torch.zeros_like(parameter).DetachFromDisposeScope();
        if (amsgrad) MaximumSecondMoment ??= torch.zeros_like(parameter).DetachFromDisposeScope();
    }

    private static Tensor? Own(Tensor? tensor) => tensor?.detach().to(tensor.dtype, copy: true).DetachFromDisposeScope();
}
