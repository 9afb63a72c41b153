using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Tests.Support;

public static class Logits
{
    /// <summary>log softmax(logits[:, t])[ids[:, t + 1]] of a right-padded batch, [B, T - 1].</summary>
    public static Tensor NextTokenLogProbs(Tensor logits, Tensor ids)
    {
        var width = ids.shape[1] - 1;
        return logits.narrow(1, 0, width).log_softmax(-1).gather(-1, ids.narrow(1, 1, width).unsqueeze(-1)).squeeze(-1);
    }

    /// <summary>log softmax(logits[:, P - 1 + j] / temperature)[completion[:, j]], [B, C].</summary>
    public static Tensor CompletionLogProbs(Tensor logits, Tensor completion, long prompt, double temperature) =>
        (logits.narrow(1, prompt - 1, completion.shape[1]) / temperature).log_softmax(-1).gather(-1, completion.unsqueeze(-1)).squeeze(-1);

    /// <summary>Mask without the first column, as fp32 [B, T - 1].</summary>
    public static Tensor Shifted(GoldenTensor mask) => mask.Tensor().narrow(1, 1, mask.Shape[1] - 1).to(ScalarType.Float32);
}
