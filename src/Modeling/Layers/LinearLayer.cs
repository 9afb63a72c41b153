using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>y = x Wᵀ + b, and what adapters put on it.</summary>
internal sealed class LinearLayer(string path, ModelParameter weight, ModelParameter? bias)
{
    /// <summary>Module path, for example <c>model.layers.0.self_attn.q_proj</c>.</summary>
    public string Path { get; } = path;

    /// <summary>[out, in].</summary>
    public ModelParameter Weight { get; set; } = weight;

    /// <summary>[out].</summary>
    public ModelParameter? Bias { get; } = bias;

    public List<LayerAdapter> Adapters { get; } = [];

    public IEnumerable<ModelParameter> Parameters => [Weight, .. Bias is null ? Array.Empty<ModelParameter>() : [Bias], .. Adapters.SelectMany(a => a.Parameters)];

    /// <summary>The weight that takes part: an active adapter's whole copy, else its own.</summary>
    public ModelParameter WeightOf(bool adapter) => Active(adapter).LastOrDefault(a => a.Weight is not null)?.Weight ?? Weight;

    /// <summary>The branches that take part.</summary>
    public IReadOnlyList<LoraBranch> BranchesOf(bool adapter) => [.. Active(adapter).Select(a => a.Branch).OfType<LoraBranch>()];

    /// <summary>The layer.</summary>
    /// <param name="x">[N, in].</param>
    /// <param name="compute">Format of the product.</param>
    /// <param name="adapter">True = adapters take part.</param>
    /// <param name="dropout">True = dropout is active.</param>
    /// <returns>[N, out].</returns>
    public Tensor Forward(Tensor x, ScalarType compute, bool adapter, bool dropout)
    {
        if (!adapter || Adapters.Count == 0)
            return Weight.Multiply(x, compute, Bias);
        var (matrix, branches, offset) = (WeightOf(true), BranchesOf(true), BiasOf(true));
        if (LoraProduct.Fits(matrix, offset, branches))
            return LoraLinear.Run(x, new LoraProduct(matrix, offset, branches, compute, dropout));
        if (branches.All(b => b.Magnitude is null))
            return branches.Aggregate(matrix.Multiply(x, compute, offset), (y, branch) => branch.AddTo(y, x, dropout));
        var product = matrix.Multiply(x, compute, null);
        var sum = branches.Aggregate(product, (y, branch) => branch.Magnitude is null ? branch.AddTo(y, x, dropout) : branch.AddTo(y, product, x, matrix, dropout));
        return offset is null ? sum : sum.add(offset.In(compute));
    }

    /// <summary>The layer behind a gate, x = act(gate) · up.</summary>
    /// <param name="gate">[N, in].</param>
    /// <param name="up">[N, in].</param>
    /// <param name="activation">act.</param>
    /// <param name="pass">The pass.</param>
    /// <returns>[N, out].</returns>
    public Tensor Forward(Tensor gate, Tensor up, Activation activation, LayerPass pass)
    {
        var (matrix, branches, offset) = (WeightOf(pass.Adapter), BranchesOf(pass.Adapter), BiasOf(pass.Adapter));
        return LoraProduct.Fits(matrix, offset, branches)
            ? GatedLoraLinear.Run(gate, up, activation, new LoraProduct(matrix, offset, branches, pass.Compute, pass.Dropout))
            : Forward(GatedProduct.Run(gate, up, activation), pass.Compute, pass.Adapter, pass.Dropout);
    }

    private ModelParameter? BiasOf(bool adapter) => Active(adapter).LastOrDefault(a => a.Bias is not null)?.Bias ?? Bias;

    private IEnumerable<LayerAdapter> Active(bool adapter) => adapter ? Adapters.Where(a => a.IsActive) : [];
}
