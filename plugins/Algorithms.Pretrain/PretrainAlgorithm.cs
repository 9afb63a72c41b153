using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using MedicalGpt.Training.Packing;

namespace MedicalGpt.Algorithms.Pretrain;

/// <summary>
/// Continued pre-training: every token of a document is predicted from those before it, L = −Σ_t log π(y_t | y_&lt;t) / N, N = targets of the update.
/// Departures from the usual script: (1) documents in a row do not attend to each other and positions restart; (2) the remainder of the corpus is kept;
/// (3) every document ends with the end-of-sequence token, once.
/// </summary>
/// <param name="options">Options.</param>
public sealed class PretrainAlgorithm(PretrainOptions options) : OfflineAlgorithm<PretrainBatch>, IRowPacker
{
    /// <inheritdoc/>
    public override ExampleKind Input => ExampleKind.Text;

    /// <inheritdoc/>
    public override ModelRoles Roles => ModelRoles.Policy;

    /// <inheritdoc/>
    public override EncodeResult Encode(Example example, IExampleEncoder encoder)
    {
        var document = example switch
        {
            TokenizedSequence row => FromLabels(row),
            PlainText text => Segment.AllLearned(Closed(encoder.EncodeText(text.Text), encoder.EndOfTextId)),
            _ => throw new MedicalGptException($"{example.Origin}: plain text is needed (a field 'text'), this row is a {example.GetType().Name}; name the column of your data with --columns.text"),
        };
        if (document.Ids.Length < 2)
            return EncodeResult.Drop("empty text");

        if (options.Packing && options.PackingStrategy == PackingStrategy.Bfd && document.Ids.Length > options.BlockSize)
            return EncodeResult.Keep(new EncodedExample([RowPacking.Piece(document, 0, options.BlockSize)]) { Source = example }, new RowCut("end cut at block_size", LosesEnd: false));

        // A document longer than a row becomes several pieces; the packer gives each its own row or place.
        var pieces = document.Ids.Chunk(options.BlockSize).Select((ids, i) => RowPacking.Piece(document, i * options.BlockSize, ids.Length));
        return EncodeResult.Keep(new EncodedExample([.. pieces]) { Source = example });
    }

    /// <inheritdoc/>
    public IEnumerable<EncodedExample> Pack(IReadOnlyList<EncodedExample> rows) => options.Packing
        ? RowPacking.Pack(rows, options.PackingStrategy, options.BlockSize)
        : rows.SelectMany(row => row.Segments.Where(s => s.Ids.Length > 1).Select(s => new EncodedExample([s]) { Source = row.Source }));

    /// <inheritdoc/>
    protected override PretrainBatch Collate(IReadOnlyList<EncodedExample> examples) => new(examples);

    /// <inheritdoc/>
    protected override LossResult Loss(PretrainBatch batch, Denominators denominators, ITrainingContext context)
    {
        var read = context.Models.Policy.Read(batch.Layout, new ReadoutRequest(Entropy: true, Correct: true));
        var metrics = new Metrics();
        metrics.AddMean("entropy", TensorValues.Doubles(read.Entropy!).Sum(), batch.Layout.TargetCount);
        metrics.AddMean("mean_token_accuracy", TensorValues.Doubles(read.Correct!).Sum(), batch.Layout.TargetCount);
        metrics.AddSum("num_tokens", batch.Layout.TokenCount);
        return new LossResult(CrossEntropy.Loss(read.LogProbs, denominators["tokens"])) { Metrics = metrics };
    }

    private static int[] Closed(int[] ids, int end) => ids.Length > 0 && ids[^1] == end ? ids : [.. ids, end];

    private static Segment FromLabels(TokenizedSequence row) =>
        new(row.InputIds) { Learned = [.. row.Labels.Select(label => label != TokenizedSequence.Ignore)] };
}
