using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Tests;

/// <summary>A real, trainable next-token model small enough to reason about: logits = W · dropout(tanh(E[token])).</summary>
internal sealed class TinyModels : ITrainedModels, ICausalModel
{
    public const int Vocabulary = 12;
    private const int Width = 6;
    private readonly Tensor embedding;
    private readonly Tensor head;
    private readonly double dropout;
    private bool training;

    public TinyModels(double dropout = 0.0)
    {
        this.dropout = dropout;
        manual_seed(5);
        embedding = randn(Vocabulary, Width).DetachFromDisposeScope().requires_grad_();
        head = randn(Vocabulary, Width).DetachFromDisposeScope().requires_grad_();
        Weights = [new TrainedWeight("embedding.weight", embedding, true), new TrainedWeight("head.weight", head, true)];
    }

    public IReadOnlyList<TrainedWeight> Weights { get; }

    public string Summary => "tiny model";

    public int VocabularySize => Vocabulary;

    public ICausalModel Policy => this;

    public ICausalModel Reference => throw new InvalidOperationException();

    public IScoreModel Score => throw new InvalidOperationException();

    public IScoreModel Reward => throw new InvalidOperationException();

    public IScoreModel Value => throw new InvalidOperationException();

    public float[] Flat => [.. Weights.SelectMany(w => w.Value.detach().data<float>().ToArray())];

    public TokenReadout Read(SequenceLayout layout, ReadoutRequest request)
    {
        var sources = tensor(layout.TargetSources.Select(s => layout.InputIds[s]).ToArray());
        var logProbs = LogProbs(sources).gather(1, tensor(layout.TargetIds).unsqueeze(1)).squeeze(1);
        return new TokenReadout(logProbs);
    }

    /// <summary>Log-probabilities of the next token, [N, V].</summary>
    public Tensor LogProbs(Tensor tokens)
    {
        var hidden = embedding.index_select(0, tokens).tanh();
        if (training && dropout > 0)
            hidden = nn.functional.dropout(hidden, dropout, training: true);
        return nn.functional.log_softmax(hidden.matmul(head.t()), 1);
    }

    public void SetTraining(bool training) => this.training = training;

    public void Save(string directory) => File.WriteAllText(Path.Combine(directory, "config.json"), "{}");

    public void Dispose()
    {
        embedding.Dispose();
        head.Dispose();
    }
}
