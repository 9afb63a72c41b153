using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>What the head read of a batch.</summary>
/// <param name="Readout">What was asked for, each [M].</param>
/// <param name="Normalizers">Log-normalisers, [M].</param>
/// <param name="Slopes">∂ log p(target) / ∂ h, fp32 [M, H]; null when not asked for.</param>
internal sealed record HeadReading(TokenReadout Readout, Tensor Normalizers, Tensor? Slopes)
{
    /// <summary>Room for a batch.</summary>
    public static HeadReading Empty(Tensor hidden, ReadoutRequest request, bool slopes)
    {
        Tensor New(ScalarType type) => empty([hidden.shape[0]], type, hidden.device);
        var readout = new TokenReadout(New(ScalarType.Float32))
        {
            Entropy = request.Entropy || request.EntropyGradient ? New(ScalarType.Float32) : null,
            Correct = request.Correct ? New(ScalarType.Bool) : null,
            MeanLogit = request.MeanLogit ? New(ScalarType.Float32) : null,
        };
        return new HeadReading(readout, New(ScalarType.Float32), slopes ? empty(hidden.shape, ScalarType.Float32, hidden.device) : null);
    }

    /// <summary>Puts some rows in their place.</summary>
    public void Put(long start, TokenReadout readout, Tensor normalizers, Tensor? slopes)
    {
        Copy(Readout.LogProbs, readout.LogProbs);
        Copy(Readout.Entropy, readout.Entropy);
        Copy(Readout.Correct, readout.Correct);
        Copy(Readout.MeanLogit, readout.MeanLogit);
        Copy(Normalizers, normalizers);
        Copy(Slopes, slopes);

        void Copy(Tensor? all, Tensor? some) => all?.narrow(0, start, some!.shape[0]).copy_(some!);
    }

    public HeadReading MoveToOuterScope()
    {
        foreach (var tensor in new[] { Readout.LogProbs, Readout.Entropy, Readout.Correct, Readout.MeanLogit, Normalizers, Slopes })
            tensor?.MoveToOuterDisposeScope();
        return this;
    }
}
