using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Gradient checkpointing of a layer or a part of one (Chen et al. 2016, arXiv:1604.06174): only its input is kept; backward runs it again, with the
/// random numbers of the first time, and takes the inner gradients. Trained parameters are inputs of the node, so they learn below a frozen embedding, too.
/// </summary>
internal sealed class Recomputation : DifferentiableFunction
{
    private readonly LayerPart part;
    private readonly LayerPass pass;
    private readonly Tensor[] trained;
    private bool inputLearns;
    private RandomState? random;

    private Recomputation(LayerPart part, LayerPass pass)
    {
        this.part = part;
        this.pass = pass;
        trained = [.. part.Parameters.Where(p => p.IsTrained).Select(p => p.Value)];
    }

    /// <summary>Runs a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="x">[N, H].</param>
    /// <param name="pass">The pass.</param>
    /// <returns>[N, H].</returns>
    public static Tensor Run(LayerPart part, Tensor x, LayerPass pass)
    {
        var node = new Recomputation(part, pass);
        return node.Apply([x, .. node.trained])[0];
    }

    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context)
    {
        inputLearns = inputs[0].requires_grad;
        random = pass.Dropout ? RandomState.Capture(inputs[0].device) : null;
        context.Save([inputs[0], .. pass.Tensors]);
        return [part.Forward(inputs[0], pass)];
    }

    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        if (gradients[0] is not { } gradient)
            return new Tensor?[trained.Length + 1];
        if (random is null)
            return Again(gradient, saved);
        using var once = random;
        return once.Replay(() => Again(gradient, saved));
    }

    // What the graph does not keep goes before backward begins.
    private Tensor Forward(Tensor x, Tensor[] saved)
    {
        using var scope = NewDisposeScope();
        return part.Forward(x, pass.With(saved.AsSpan(1))).MoveToOuterDisposeScope();
    }

    private Tensor?[] Again(Tensor gradient, Tensor[] saved)
    {
        var results = new Tensor?[trained.Length + 1];
        using var learning = enable_grad();
        var x = saved[0].detach().requires_grad_(inputLearns);
        var output = Forward(x, saved);
        if (!output.requires_grad)
            return results;
        var found = autograd.grad([output], inputLearns ? [x, .. trained] : trained, [gradient], allow_unused: true);
        for (var i = 0; i < found.Count; i++)
            results[i + (inputLearns ? 0 : 1)] = found[i];
        return results;
    }
}
