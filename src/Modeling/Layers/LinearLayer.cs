using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>y = x Wᵀ + b, plus the LoRA branch when there is one.</summary>
internal sealed class LinearLayer(string path, ModelParameter weight, ModelParameter? bias)
{
    /// <summary>Module path, for example <c>model.layers.0.self_attn.q_proj</c>.</summary>
    public string Path { get; } = path;

    public ModelParameter Weight { get; } = weight;

    public ModelParameter? Bias { get; } = bias;

    public LoraBranch? Lora { get; set; }

    /// <summary>A trained full copy of the weight that stands in for it while the adapter is on (PEFT's modules_to_save).</summary>
    public ModelParameter? Replacement { get; set; }

    public IEnumerable<ModelParameter> Parameters
    {
        get
        {
            yield return Weight;
            if (Bias is not null)
                yield return Bias;
            if (Lora is not null)
            {
                yield return Lora.A;
                yield return Lora.B;
            }

            if (Replacement is not null)
                yield return Replacement;
        }
    }

    public Tensor Forward(Tensor x, ScalarType compute, bool adapter, bool dropout)
    {
        var matrix = adapter && Replacement is not null ? Replacement : Weight;
        var y = nn.functional.linear(x, matrix.In(compute), Bias?.In(compute));
        return adapter && Lora is not null ? Lora.AddTo(y, x, dropout) : y;
    }
}
