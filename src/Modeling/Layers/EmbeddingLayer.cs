using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The table of token vectors, with what adapters put on it.</summary>
internal sealed class EmbeddingLayer(string path, ModelParameter weight)
{
    /// <summary>Module path, for example <c>model.embed_tokens</c>.</summary>
    public string Path { get; } = path;

    /// <summary>[V, H].</summary>
    public ModelParameter Weight { get; } = weight;

    public List<LayerAdapter> Adapters { get; } = [];

    public IEnumerable<ModelParameter> Parameters => [Weight, .. Adapters.SelectMany(a => a.Parameters)];

    /// <summary>Rows of the table.</summary>
    /// <param name="ids">Token ids, [N].</param>
    /// <param name="adapter">True = adapters take part.</param>
    /// <returns>[N, H] in the table's format.</returns>
    public Tensor Forward(Tensor ids, bool adapter)
    {
        var active = adapter ? Adapters.Where(a => a.IsActive).ToList() : [];
        var table = active.LastOrDefault(a => a.Weight is not null)?.Weight ?? Weight;
        var rows = nn.functional.embedding(ids, table.Value);
        foreach (var part in active)
        {
            if (part.Embedding is { } branch)
                rows = branch.AddTo(rows, ids);
        }

        return rows;
    }
}
