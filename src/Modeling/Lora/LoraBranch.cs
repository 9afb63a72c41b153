using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The low-rank branch of a linear layer, y += s · B(A(dropout(x))), in fp32 (Hu et al. 2021, arXiv:2106.09685).</summary>
internal sealed class LoraBranch(ModelParameter a, ModelParameter b, double scale, double dropout)
{
    /// <summary>[r, in].</summary>
    public ModelParameter A { get; } = a;

    /// <summary>[out, r].</summary>
    public ModelParameter B { get; } = b;

    public double Scale { get; } = scale;

    public double Dropout { get; } = dropout;

    public Tensor AddTo(Tensor y, Tensor x, bool training)
    {
        var input = x.dtype == ScalarType.Float32 ? x : x.to(ScalarType.Float32);
        if (training && Dropout > 0)
            input = nn.functional.dropout(input, Dropout, true);
        var delta = nn.functional.linear(nn.functional.linear(input, A.Value), B.Value);
        return y.dtype == ScalarType.Float32 ? y.add(delta, Scale) : y.add(delta.to(y.dtype), Scale);
    }

    /// <summary>s · B A in fp32, [out, in].</summary>
    public Tensor Delta() => B.Value.matmul(A.Value).mul(Scale);
}
