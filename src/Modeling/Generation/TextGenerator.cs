using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Generation with a key/value cache.</summary>
/// <param name="model">The model; its adapter takes part, dropout does not.</param>
public sealed class TextGenerator(CausalLanguageModel model)
{
    /// <summary>Most bytes of the key/value cache; more prompts are generated in several batches, with the same results.</summary>
    public long CacheBytes { get; init; } = 1L << 30;

    /// <summary>Generates one answer per prompt.</summary>
    /// <param name="request">Prompts and how to draw.</param>
    /// <param name="cancellationToken">Stops between tokens.</param>
    /// <returns>Answers in the order of the prompts.</returns>
    /// <exception cref="MedicalGptException">A prompt is empty or too long, a sampling number is out of range, or the model's logits are not finite.</exception>
    public IReadOnlyList<GeneratedSequence> Generate(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        Check(request);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var results = new List<GeneratedSequence>();
        while (results.Count < request.Prompts.Count)
        {
            using var batch = new GenerationBatch(model, request, results.Count, RowsThatFit(request, results.Count));
            results.AddRange(batch.Generate(cancellationToken));
        }

        return results;
    }

    private int RowsThatFit(GenerationRequest request, int from)
    {
        var (count, longest) = (0, 0);
        while (from + count < request.Prompts.Count)
        {
            longest = Math.Max(longest, request.Prompts[from + count].Length);
            if (count > 0 && (count + 1) * KeyValueCache.RowBytes(model.Options, longest + request.Sampling.MaxNewTokens) > CacheBytes)
                break;
            count++;
        }

        return count;
    }

    private void Check(GenerationRequest request)
    {
        var sampling = request.Sampling;
        if (sampling.MaxNewTokens < 1)
            throw new MedicalGptException($"max new tokens {sampling.MaxNewTokens}: at least 1 is needed");
        if (!(sampling.Temperature >= 0 && double.IsFinite(sampling.Temperature)))
            throw new MedicalGptException($"temperature {sampling.Temperature}: 0 (the most likely token) or more is needed");
        if (!(sampling.TopP > 0 && sampling.TopP <= 1))
            throw new MedicalGptException($"top-p {sampling.TopP} is not in (0, 1]");
        if (sampling.TopK < 0)
            throw new MedicalGptException($"top-k {sampling.TopK}: 0 (all) or more is needed");
        for (var i = 0; i < request.Prompts.Count; i++)
        {
            var length = request.Prompts[i].Length;
            if (length == 0)
                throw new MedicalGptException($"prompt {i} is empty; at least one token is needed");
            if (length + sampling.MaxNewTokens > model.Options.MaxPositions)
                throw new MedicalGptException($"prompt {i} of {length} tokens and {sampling.MaxNewTokens} new ones exceed the model's max_position_embeddings {model.Options.MaxPositions}");
            if (request.Prompts[i].FirstOrDefault(id => id < 0 || id >= model.VocabularySize, -1) is var bad && request.Prompts[i].Any(id => id < 0 || id >= model.VocabularySize))
                throw new MedicalGptException($"prompt {i} has token id {bad}; the model's vocabulary has {model.VocabularySize} tokens");
        }
    }
}
