using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using MedicalGpt.Training.Packing;

namespace MedicalGpt.Algorithms.Sft;

/// <summary>Supervised fine-tuning: the assistant's turns (end-of-turn token included) are predicted from everything before them. See <see cref="SftLoss"/>.</summary>
/// <param name="options">Options.</param>
public sealed class SftAlgorithm(SftOptions options) : OfflineAlgorithm<SftBatch>, IRowPacker
{
    /// <inheritdoc/>
    public override ExampleKind Input => ExampleKind.Conversation;

    /// <inheritdoc/>
    public override ModelRoles Roles => ModelRoles.Policy;

    /// <inheritdoc/>
    public override EncodeResult Encode(Example example, IExampleEncoder encoder)
    {
        var (ids, learned) = Masked(example, encoder);
        if (ids.Length < 2)
            return EncodeResult.Drop("empty dialogue");
        if (!learned.AsSpan(1).Contains(true))
            return EncodeResult.Drop($"nothing to learn ({Missing(example)})");
        var limit = KeepsWholeRows ? ids.Length : options.ModelMaxLength;
        if (ids.Length > limit && options.Truncation == SequenceTruncation.DropRow)
            return EncodeResult.Drop($"longer than model_max_length ({limit} tokens)");
        var length = Math.Min(ids.Length, limit);
        var start = options.Truncation == SequenceTruncation.KeepEnd ? ids.Length - length : 0;
        var segment = RowPacking.Piece(new Segment(ids) { Learned = learned }, start, length);
        if (!segment.Learned!.Any(l => l))
            return EncodeResult.Drop($"nothing to learn within model_max_length ({options.ModelMaxLength} tokens)");
        var cut = length == ids.Length ? null : start > 0 ? new RowCut("beginning cut at model_max_length", LosesEnd: false) : new RowCut("end cut at model_max_length", LosesEnd: true);
        return EncodeResult.Keep(new EncodedExample([segment]) { Source = example }, cut);
    }

    /// <inheritdoc/>
    public IEnumerable<EncodedExample> Pack(IReadOnlyList<EncodedExample> rows) =>
        options.Packing ? RowPacking.Pack(rows, options.PackingStrategy, options.ModelMaxLength).Where(row => row.LearnedCount > 0) : rows;

    /// <inheritdoc/>
    protected override SftBatch Collate(IReadOnlyList<EncodedExample> examples) => new(examples);

    /// <inheritdoc/>
    protected override LossResult Loss(SftBatch batch, Denominators denominators, ITrainingContext context)
    {
        var read = context.Models.Policy.Read(batch.Layout, new ReadoutRequest(Entropy: true, Correct: true));
        var metrics = new Metrics();
        metrics.AddMean("entropy", TensorValues.Doubles(read.Entropy!).Sum(), batch.Layout.TargetCount);
        metrics.AddMean("mean_token_accuracy", TensorValues.Doubles(read.Correct!).Sum(), batch.Layout.TargetCount);
        metrics.AddSum("num_tokens", batch.Layout.TokenCount);
        return new LossResult(SftLoss.Compute(options.LossType, read.LogProbs, denominators["tokens"])) { Metrics = metrics };
    }

    /// <summary>Packing that splits rows loses nothing of them.</summary>
    private bool KeepsWholeRows => options.Packing && options.PackingStrategy != PackingStrategy.Bfd;

    private TrainOn Scope => options.TrainOnInputs ? TrainOn.All : options.TrainOn;

    private string Missing(Example example) => (example, Scope) switch
    {
        (TokenizedSequence, _) => "no label is learned",
        (_, TrainOn.Completion) => "no assistant turn behind the last question that the row lets be learned",
        (_, TrainOn.LastAssistant) => "no last assistant turn that the row lets be learned",
        _ => "no assistant turn that the row lets be learned",
    };

    // Turns outside the scope are not learned; inside, what the row says of a turn stays.
    private Conversation Chosen(Conversation conversation)
    {
        var turns = conversation.Messages.ToList();
        var first = Scope switch
        {
            TrainOn.LastAssistant => turns.FindLastIndex(m => m.Role == Data.Roles.Assistant),
            TrainOn.Completion => turns.FindLastIndex(m => m.Role == Data.Roles.User) + 1,
            _ => 0,
        };
        return conversation with { Messages = [.. turns.Select((turn, i) => i < first || Scope == TrainOn.All ? turn with { Learn = false } : turn)] };
    }

    private (int[] Ids, bool[] Learned) Masked(Example example, IExampleEncoder encoder)
    {
        switch (example)
        {
            case TokenizedSequence row:
                return (row.InputIds, [.. row.Labels.Select(label => label != TokenizedSequence.Ignore)]);
            case PromptCompletion pair:
                var prompt = encoder.EncodeText(pair.Prompt);
                int[] ids = [.. prompt, .. encoder.EncodeText(pair.Completion), encoder.EndOfTextId];
                return (ids, [.. ids.Select((_, t) => Scope == TrainOn.All || t >= prompt.Length)]);
            case Conversation conversation:
                var encoded = encoder.EncodeConversation(Chosen(conversation));
                return (encoded.Ids, Scope == TrainOn.All ? [.. encoded.Ids.Select(_ => true)] : encoded.Assistant);
            default:
                throw new MedicalGptException($"{example.Origin}: a dialogue is needed (messages, or prompt and completion), this row is a {example.GetType().Name}; name the columns of your data with --columns");
        }
    }
}
