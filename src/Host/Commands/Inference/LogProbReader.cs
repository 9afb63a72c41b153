using MedicalGpt.Modeling;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>Reads log-probabilities and logits of rows of tokens.</summary>
/// <param name="model">The model.</param>
internal sealed class LogProbReader(CausalLanguageModel model)
{
    /// <summary>log p(next token) of rows that go through the model together.</summary>
    /// <param name="rows">Token ids of each row.</param>
    /// <param name="place">Where a row stands.</param>
    /// <returns>For each row one value per token but the first.</returns>
    /// <exception cref="MedicalGptException">A value is not finite.</exception>
    public float[][] Read(IReadOnlyList<int[]> rows, Func<int, string> place)
    {
        if (rows.All(row => row.Length == 1))
            return [.. rows.Select(_ => Array.Empty<float>())];
        using var scope = NewDisposeScope();
        var layout = SequenceLayout.Create([.. rows.Select(row => Segment.AllLearned(row))]);
        var values = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.cpu().data<float>().ToArray();
        var results = new float[rows.Count][];
        var at = 0;
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = values[at..(at + rows[i].Length - 1)];
            at += rows[i].Length - 1;
            if (!results[i].All(float.IsFinite))
                throw model.NotFinite(place(i));
        }

        return results;
    }

    /// <summary>Logits behind every token of a row, [T·V] row-major.</summary>
    /// <param name="row">Token ids.</param>
    /// <returns>Logits.</returns>
    public float[] Logits(int[] row)
    {
        using var scope = NewDisposeScope();
        return model.Logits(SequenceLayout.Create([new Segment(row)]), [.. Enumerable.Range(0, row.Length).Select(token => (long)token)]).cpu().data<float>().ToArray();
    }

    /// <summary>Checks ids against the vocabulary.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="place">Where they stand.</param>
    /// <exception cref="MedicalGptException">One is outside.</exception>
    public void Check(int[] ids, string place) => VocabularyCheck.Check(ids, model.VocabularySize, place);
}
