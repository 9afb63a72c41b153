using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Draws tokens by inverting the cumulative distribution: temperature, then top-k, then top-p (Holtzman et al. 2019, arXiv:1904.09751), as transformers orders them.</summary>
internal static class TokenSampler
{
    private const int FirstLook = 256;

    /// <summary>True when the most likely token is taken, and no numbers are drawn.</summary>
    public static bool IsGreedy(SamplingOptions sampling) => sampling.Temperature == 0 || sampling.TopK == 1;

    /// <summary>One token per row; nothing leaves a card.</summary>
    /// <param name="logits">fp32 [B, V].</param>
    /// <param name="sampling">How.</param>
    /// <param name="uniforms">A number in [0, 1) per row, fp64 [B] on the logits' device; not read when greedy.</param>
    /// <returns>Token ids, [B], in the caller's scope.</returns>
    public static Tensor Draw(Tensor logits, SamplingOptions sampling, Tensor? uniforms)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        // Older libtorch has no deterministic cumsum on a card; its rounding, 1e-16 of the mass, decides next to nothing.
        var tokens = IsGreedy(sampling) ? logits.argmax(-1) : Determinism.Without(logits.device, () => Sampled(logits, sampling, uniforms!.unsqueeze(1)));
        return tokens.MoveToOuterDisposeScope();
    }

    private static Tensor Sampled(Tensor logits, SamplingOptions sampling, Tensor draws)
    {
        var scaled = sampling.Temperature == 1 ? logits : logits.div(sampling.Temperature);
        var size = (int)logits.shape[1];
        if (sampling.TopK > 0 && sampling.TopK < size)
            return Sorted(scaled, sampling.TopK, sampling.TopP, draws, null).Tokens;
        if (sampling.TopP >= 1)
            return Pick(scaled.softmax(-1).cumsum(-1, ScalarType.Float64), draws).squeeze(1);
        // The nucleus is nearly always within the first tokens; a processor sorts everything only when it is not. Asking a card would wait for it.
        if (size <= FirstLook || logits.device.type != DeviceType.CPU)
            return Sorted(scaled, size, sampling.TopP, draws, null).Tokens;
        var (tokens, mass) = Sorted(scaled, FirstLook, sampling.TopP, draws, scaled.logsumexp(-1, true));
        return mass.ge(sampling.TopP).all().item<bool>() ? tokens : Sorted(scaled, size, sampling.TopP, draws, null).Tokens;
    }

    // Keeps the k largest, of these the smallest set whose mass reaches p, and draws among them.
    private static (Tensor Tokens, Tensor Mass) Sorted(Tensor scaled, int k, double p, Tensor draws, Tensor? normalizer)
    {
        var (values, tokens) = scaled.topk(k);
        var probabilities = normalizer is null ? values.softmax(-1) : values.sub(normalizer).exp();
        var cumulated = probabilities.cumsum(-1, ScalarType.Float64);
        var mass = cumulated.narrow(1, k - 1, 1).squeeze(1);
        if (p < 1)
            cumulated = probabilities.to(ScalarType.Float64).masked_fill(cumulated.sub(probabilities).ge(p), 0).cumsum(-1);
        return (tokens.gather(1, Pick(cumulated, draws)).squeeze(1), mass);
    }

    // Index of the first entry whose cumulated mass exceeds the drawn one, [B, 1].
    private static Tensor Pick(Tensor cumulated, Tensor draws)
    {
        var last = cumulated.shape[1] - 1;
        return cumulated.le(draws.mul(cumulated.narrow(1, last, 1))).sum(-1, true).clamp(max: last);
    }
}
