using MedicalGpt.Modeling;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, algorithm 2) in PyTorch's order of operations: decay, moments, bias correction, step.
/// Works on the models' own weights, so gradients need no copy; its state is named after them. With <c>adamw_8bit</c> the moments of weights of at least
/// 4,096 elements are kept in 8 bits between updates (bitsandbytes' rule); the update itself is in fp32.
/// </summary>
internal sealed class Optimizer : IDisposable
{
    public const string FileName = "optimizer.safetensors";

    private const string MeanSuffix = ".exp_avg", SquareSuffix = ".exp_avg_sq", StepSuffix = ".step";
    private const long SmallestPacked = 4096;

    // Elements that are updated at once where moments are packed; a multiple of their blocks.
    private const long ChunkElements = 1 << 20;
    private readonly OptimizerOptions options;
    private readonly List<AdamWSlot> slots = [];
    private readonly Tensor meanShare;
    private readonly CodeTables meanCodes, squareCodes;

    public Optimizer(IReadOnlyList<TrainedWeight> weights, OptimizerOptions options)
    {
        this.options = options;
        using var still = no_grad();
        var place = weights.Count > 0 ? weights[0].Value.device : CPU;
        using var share = tensor((float)(1.0 - options.AdamBeta1));
        meanShare = share.to(place).DetachFromDisposeScope();
        (meanCodes, squareCodes) = (Codebook.SignedDynamic.On(place), Codebook.UnsignedDynamic.On(place));
        foreach (var weight in weights)
        {
            var packed = options.HasPackedMoments && weight.Value.numel() >= SmallestPacked;
            slots.Add(packed
                ? new AdamWSlot(weight, new PackedMoment(weight.Value, meanCodes), new PackedMoment(weight.Value, squareCodes))
                : new AdamWSlot(weight, new DenseMoment(weight.Value), new DenseMoment(weight.Value)));
        }
    }

    /// <summary>Forgets all gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var slot in slots)
            slot.Weight.Value.grad = null;
    }

    /// <summary>Divides gradients by the loss's factor.</summary>
    /// <param name="factor">The factor.</param>
    /// <returns>True when all of them are finite.</returns>
    public bool Unscale(double factor)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var gradients = slots.Select(s => s.Weight.Value.grad).OfType<Tensor>().ToList();
        foreach (var gradient in gradients)
            gradient.mul_(1 / factor);
        return gradients.Count == 0 || stack([.. gradients.Select(IsFinite)]).all().item<bool>();
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

    /// <summary>Moves every weight that has a gradient, and frees the gradient at once.</summary>
    /// <param name="rate">Learning rate.</param>
    public void Step(double rate)
    {
        using var still = no_grad();
        foreach (var slot in slots)
        {
            using var scope = NewDisposeScope();
            if (slot.Weight.Value.grad is not { } gradient)
                continue;
            Step(slot, gradient, rate);
            slot.Weight.Value.grad = null;
        }
    }

    /// <summary>Writes the moments under the weights' names.</summary>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var slot in slots)
        {
            foreach (var (name, moment) in Moments(slot))
                tensors[name] = moment;
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
            foreach (var (name, moment) in Moments(slot))
                moment.copy_(TensorFile.Take(tensors, name, moment.shape, path));
            slot.Steps = (int)TensorFile.Take(tensors, slot.Weight.Name + StepSuffix, [1], path).item<long>();
        }
    }

    public void Dispose()
    {
        meanShare.Dispose();
        meanCodes.Dispose();
        squareCodes.Dispose();
        foreach (var slot in slots)
        {
            slot.Mean.Dispose();
            slot.Square.Dispose();
        }
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Moments(AdamWSlot slot) =>
        [.. slot.Mean.Tensors(slot.Weight.Name + MeanSuffix), .. slot.Square.Tensors(slot.Weight.Name + SquareSuffix)];

    // A number for every element, held for one gradient at a time.
    private static Tensor IsFinite(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        return gradient.isfinite().all().MoveToOuterDisposeScope();
    }

    private void Step(AdamWSlot slot, Tensor gradient, double rate)
    {
        slot.Steps++;
        var weight = slot.Weight.Value;
        if (slot.Weight.Decay && options.WeightDecay > 0)
            weight.mul_(1.0 - rate * options.WeightDecay);
        var (flat, slope, count) = (weight.detach().view(-1), gradient.contiguous().view(-1), weight.numel());
        for (long start = 0; start < count; start += ChunkElements)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(ChunkElements, count - start);
            Step(slot, flat.narrow(0, start, length), slope.narrow(0, start, length), start, rate);
        }
    }

    private void Step(AdamWSlot slot, Tensor weight, Tensor gradient, long start, double rate)
    {
        var (mean, square) = (slot.Mean.Read(start, weight.shape[0]), slot.Square.Read(start, weight.shape[0]));
        mean.lerp_(gradient, meanShare);
        square.mul_(options.AdamBeta2).addcmul_(gradient, gradient, 1.0 - options.AdamBeta2);
        var meanCorrection = 1.0 - Math.Pow(options.AdamBeta1, slot.Steps);
        var squareCorrection = Math.Sqrt(1.0 - Math.Pow(options.AdamBeta2, slot.Steps));
        var denominator = square.sqrt().div_(squareCorrection).add_(options.AdamEpsilon);
        weight.addcdiv_(mean, denominator, -rate / meanCorrection);
        slot.Mean.Write(start, mean);
        slot.Square.Write(start, square);
    }
}
