namespace MedicalGpt.Training;

/// <summary>The encoded rows of a run.</summary>
/// <param name="Train">Training rows.</param>
/// <param name="Eval">Held-out rows; may be none.</param>
internal sealed record RowSets(EncodedRows Train, EncodedRows Eval) : IDisposable
{
    public void Dispose()
    {
        Train.Dispose();
        Eval.Dispose();
    }
}
