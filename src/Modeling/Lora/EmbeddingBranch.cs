using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The low-rank branch of the token embedding, in fp32: row t of the table becomes W[t] + s · B A[:, t].</summary>
internal sealed class EmbeddingBranch(ModelParameter a, ModelParameter b, double scale)
{
    /// <summary>[r, V].</summary>
    public ModelParameter A { get; } = a;

    /// <summary>[H, r].</summary>
    public ModelParameter B { get; } = b;

    /// <summary>Factor of what it changes, where adapters are mixed.</summary>
    public double Share { get; set; } = 1;

    public IReadOnlyList<ModelParameter> Parameters => [A, B];

    /// <summary>Adds the branch.</summary>
    /// <param name="rows">Rows of the table, [N, H].</param>
    /// <param name="ids">Their numbers, [N].</param>
    /// <returns>[N, H].</returns>
    public Tensor AddTo(Tensor rows, Tensor ids)
    {
        var narrow = A.Value.index_select(1, ids).t();
        return rows.add(nn.functional.linear(narrow, B.Value).to(rows.dtype), scale * Share);
    }

    /// <summary>The table with the branch in it.</summary>
    /// <param name="weight">fp32 [V, H].</param>
    /// <returns>fp32 [V, H].</returns>
    public Tensor Merged(Tensor weight) => weight.addmm(A.Value.t(), B.Value.t(), 1, (float)scale);
}
