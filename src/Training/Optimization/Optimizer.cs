using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, algorithm 2) in PyTorch's order of operations: decay, moments, bias correction, step.
/// Works on the models' own weights, so gradients need no copy; its state is named after them.
/// </summary>
internal sealed class Optimizer : IDisposable
{
    public const string FileName = "optimizer.safetensors";

    private const string MeanSuffix = ".exp_avg", SquareSuffix = ".exp_avg_sq", StepSuffix = ".step";
    private readonly OptimizerOptions options;
    private readonly List<AdamWSlot> slots = [];
    private readonly Tensor meanShare;

    public Optimizer(IReadOnlyList<TrainedWeight> weights, OptimizerOptions options)
    {
        this.options = options;
        using var still = no_grad();
        meanShare = tensor((float)(1.0 - options.AdamBeta1)).DetachFromDisposeScope();
        foreach (var weight in weights)
        {
            using var scope = NewDisposeScope();
            slots.Add(new AdamWSlot(weight, zeros_like(weight.Value).DetachFromDisposeScope(), zeros_like(weight.Value).DetachFromDisposeScope()));
        }
    }

    /// <summary>Forgets all gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var slot in slots)
            slot.Weight.Value.grad = null;
    }

    /// <summary>L2 norm of the gradient over all weights, and scales it down to a limit.</summary>
    /// <param name="limit">Largest norm; 0 = no limit.</param>
    /// <returns>The norm before scaling.</returns>
    public double ClipGradients(double limit)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var gradients = slots.Select(s => s.Weight.Value.grad).OfType<Tensor>().ToList();
        if (gradients.Count == 0)
            return 0.0;
        var norm = (double)stack([.. gradients.Select(g => g.norm())]).norm().item<float>();
        var factor = limit > 0 ? limit / (norm + 1e-6) : 1.0;
        if (factor < 1.0)
        {
            foreach (var gradient in gradients)
                gradient.mul_(factor);
        }

        return norm;
    }

    /// <summary>Moves every weight that has a gradient.</summary>
    /// <param name="rate">Learning rate.</param>
    public void Step(double rate)
    {
        using var still = no_grad();
        foreach (var slot in slots)
        {
            using var scope = NewDisposeScope();
            if (slot.Weight.Value.grad is { } gradient)
                Step(slot, gradient, rate);
        }
    }

    /// <summary>Writes the moments under the weights' names.</summary>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var slot in slots)
        {
            tensors[slot.Weight.Name + MeanSuffix] = slot.Mean;
            tensors[slot.Weight.Name + SquareSuffix] = slot.Square;
            tensors[slot.Weight.Name + StepSuffix] = tensor(new long[] { slot.Steps });
        }

        TensorFile.Write(path, tensors);
    }

    /// <summary>Reads moments back.</summary>
    /// <exception cref="MedicalGptException">The file does not fit these weights.</exception>
    public void Load(string path)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var tensors = TensorFile.Read(path);
        foreach (var slot in slots)
        {
            slot.Mean.copy_(TensorFile.Take(tensors, slot.Weight.Name + MeanSuffix, slot.Mean.shape, path));
            slot.Square.copy_(TensorFile.Take(tensors, slot.Weight.Name + SquareSuffix, slot.Square.shape, path));
            slot.Steps = (int)TensorFile.Take(tensors, slot.Weight.Name + StepSuffix, [1], path).item<long>();
        }
    }

    public void Dispose()
    {
        meanShare.Dispose();
        foreach (var slot in slots)
        {
            slot.Mean.Dispose();
            slot.Square.Dispose();
        }
    }

    private void Step(AdamWSlot slot, Tensor gradient, double rate)
    {
        slot.Steps++;
        var weight = slot.Weight.Value;
        if (slot.Weight.Decay && options.WeightDecay > 0)
            weight.mul_(1.0 - rate * options.WeightDecay);
        slot.Mean.lerp_(gradient, meanShare);
        slot.Square.mul_(options.AdamBeta2).addcmul_(gradient, gradient, 1.0 - options.AdamBeta2);
        var meanCorrection = 1.0 - Math.Pow(options.AdamBeta1, slot.Steps);
        var squareCorrection = Math.Sqrt(1.0 - Math.Pow(options.AdamBeta2, slot.Steps));
        var denominator = slot.Square.sqrt().div_(squareCorrection).add_(options.AdamEpsilon);
        weight.addcdiv_(slot.Mean, denominator, -rate / meanCorrection);
    }
}
