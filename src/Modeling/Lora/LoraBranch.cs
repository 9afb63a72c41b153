using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// The low-rank branch of a linear layer, y += s · B(A(dropout(x))), in fp32 (Hu et al. 2021, arXiv:2106.09685). With a magnitude m it is DoRA
/// (Liu et al. 2024, arXiv:2402.09353): y = m / ‖W + s B A‖ · (W + s B A) x, the norm of each row constant in backward (its section 4.3).
/// </summary>
internal sealed class LoraBranch(ModelParameter a, ModelParameter b, ModelParameter? magnitude, double scale, double dropout) : IDisposable
{
    private Tensor? norms;

    /// <summary>[r, in].</summary>
    public ModelParameter A { get; } = a;

    /// <summary>[out, r].</summary>
    public ModelParameter B { get; } = b;

    /// <summary>Length of each row of the adapted weight, [out]; null = plain LoRA.</summary>
    public ModelParameter? Magnitude { get; } = magnitude;

    public double Scale { get; } = scale;

    /// <summary>Factor of what it changes, where adapters are mixed.</summary>
    public double Share { get; set; } = 1;

    /// <summary>Scale and share.</summary>
    public double Factor => Scale * Share;

    public double Dropout { get; } = dropout;

    public IReadOnlyList<ModelParameter> Parameters => Magnitude is null ? [A, B] : [A, B, Magnitude];

    /// <summary>Adds the branch of plain LoRA.</summary>
    /// <param name="y">The layer's result, [N, out].</param>
    /// <param name="x">Its input, [N, in].</param>
    /// <param name="training">True = dropout is active.</param>
    /// <returns>[N, out].</returns>
    public Tensor AddTo(Tensor y, Tensor x, bool training)
    {
        var delta = Narrow(Input(x, training));
        return y.dtype == ScalarType.Float32 ? y.add(delta, Factor) : y.add(delta.to(y.dtype), Factor);
    }

    /// <summary>Adds the branch of DoRA: (m/n − 1) W x + m/n · s B A x.</summary>
    /// <param name="y">The layer's result without bias, [N, out].</param>
    /// <param name="product">W x, [N, out].</param>
    /// <param name="x">Its input, [N, in].</param>
    /// <param name="weight">W.</param>
    /// <param name="training">True = dropout is active; it then acts on W x, too, as in PEFT.</param>
    /// <returns>[N, out].</returns>
    public Tensor AddTo(Tensor y, Tensor product, Tensor x, ModelParameter weight, bool training)
    {
        var input = Input(x, training);
        if (training && Dropout > 0)
            product = weight.Multiply(input.to(x.dtype), x.dtype, null);
        var factor = Magnitude!.Value.div(Norms(weight));
        var delta = product.to(ScalarType.Float32).mul(factor.sub(1)).add(Narrow(input).mul(factor), Scale);
        return y.add(delta.to(y.dtype), Share);
    }

    /// <summary>The weight with the branch in it.</summary>
    /// <param name="weight">W in fp32, [out, in].</param>
    /// <returns>fp32 [out, in].</returns>
    public Tensor Merged(Tensor weight)
    {
        var sum = weight.addmm(B.Value, A.Value, 1, (float)Scale);
        return Magnitude is null ? sum : sum.mul(Magnitude.Value.div(sum.norm(1, true, 2).squeeze(1)).unsqueeze(1));
    }

    /// <summary>‖W + s B A‖ of each row, a block of rows at a time.</summary>
    /// <param name="weight">W.</param>
    /// <returns>fp32 [out].</returns>
    public Tensor RowNorms(ModelParameter weight)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var parts = new List<Tensor>();
        foreach (var (start, count) in weight.Tiles())
        {
            using var inner = NewDisposeScope();
            var rows = weight.Rows(start, count, ScalarType.Float32);
            parts.Add(rows.addmm(B.Value.narrow(0, start, count), A.Value, 1, (float)Scale).norm(1, false, 2).MoveToOuterDisposeScope());
        }

        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        norms?.Dispose();
        norms = null;
        foreach (var parameter in Parameters)
            parameter.Dispose();
    }

    // Between updates the norms stay the same, and decoding would spend as much on them as on the layer: they are kept while no graph is built.
    private Tensor Norms(ModelParameter weight)
    {
        if (norms is not null && !is_grad_enabled())
            return norms;
        norms?.Dispose();
        norms = null;
        var fresh = RowNorms(weight);
        if (!is_grad_enabled())
            norms = fresh.DetachFromDisposeScope();
        return fresh;
    }

    private Tensor Input(Tensor x, bool training)
    {
        var input = x.dtype == ScalarType.Float32 ? x : x.to(ScalarType.Float32);
        return training && Dropout > 0 ? nn.functional.dropout(input, Dropout, true) : input;
    }

    private Tensor Narrow(Tensor input) => nn.functional.linear(nn.functional.linear(input, A.Value), B.Value);
}
