using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary><see cref="TokenHead"/> as a node of the graph. Inputs: states, then the head's weights unless they are frozen.</summary>
internal sealed class TokenHeadFunction(TokenHead head, Tensor targets, ReadoutRequest request) : DifferentiableFunction
{
    private ScalarType format;
    private bool slopes;

    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
    {
        format = inputs[0].dtype;
        slopes = head.HasSlopes && inputs[0].requires_grad;
        var reading = head.Forward(inputs[0], targets, slopes);
        context.Save(slopes ? [reading.Slopes!] : [inputs[0], targets, reading.Normalizers]);
        var readout = reading.Readout;
        var outputs = new List<Tensor> { readout.LogProbs };
        foreach (var extra in new[] { readout.Entropy, readout.Correct, readout.MeanLogit }.OfType<Tensor>())
        {
            outputs.Add(extra);
            if (ReferenceEquals(extra, readout.Entropy) && request.EntropyGradient)
                context.Save(extra);
            else
                context.MarkNotDifferentiable(extra);
        }

        return outputs;
    }

    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        var weights = head.Weights.Count;
        var byEntropies = request.EntropyGradient ? gradients[1]?.contiguous() : null;
        if (gradients[0] is null && byEntropies is null)
            return new Tensor?[weights + 1];
        if (slopes)
            return [saved[0].mul(gradients[0]!.unsqueeze(1)).to(format)];
        var sums = head.Backward(saved[0], saved[1], saved[2], byEntropies is null ? null : saved[3], gradients[0]?.contiguous(), byEntropies);
        return [sums.Hidden.to(format), sums.Weight, .. sums.Branches];
    }

    /// <summary>Reads a batch through the graph.</summary>
    /// <param name="hidden">Normalised states that predict, [M, H].</param>
    /// <returns>What was asked for.</returns>
    public TokenReadout Read(Tensor hidden)
    {
        var outputs = Apply([hidden, .. head.Weights]);
        var next = 1;
        return new TokenReadout(outputs[0])
        {
            Entropy = request.Entropy || request.EntropyGradient ? outputs[next++] : null,
            Correct = request.Correct ? outputs[next++] : null,
            MeanLogit = request.MeanLogit ? outputs[next] : null,
        };
    }
}
