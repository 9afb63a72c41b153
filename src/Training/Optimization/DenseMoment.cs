using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>A moment in fp32.</summary>
internal sealed class DenseMoment : IMoment
{
    private readonly Tensor values;

    public DenseMoment(Tensor weight)
    {
        using var scope = NewDisposeScope();
        values = zeros_like(weight).DetachFromDisposeScope();
    }

    public Tensor Read(long start, long count) => values.view(-1).narrow(0, start, count);

    public void Write(long start, Tensor changed)
    {
        // What Read gave is the moment itself.
    }

    public IEnumerable<KeyValuePair<string, Tensor>> Tensors(string name) => [KeyValuePair.Create(name, values)];

    public void Dispose() => values.Dispose();
}
