using MedicalGpt.Data;
using MedicalGpt.Training.DataChecks;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Training;

/// <summary>
/// Takes the rows of a run in, before weights load: looks at all of them, splits and caps them as the data options say, encodes them (or finds them in the cache) and refuses what could only mislead.
/// Rows stream: neither their texts nor their tokens are held in memory.
/// </summary>
internal static class RowIntake
{
    /// <summary>Takes the rows in.</summary>
    /// <exception cref="MedicalGptException">A row is bad, or training could not learn what it should.</exception>
    public static async Task<RowSets> EnterAsync(StageRequest request, RunRecord record, CancellationToken cancellationToken)
    {
        var data = request.Options.Data;
        var gate = new DataGate(data);
        var held = await RowSurvey.OfAsync(request.EvalRows, MostOf(data.MaxEvalSamples), gate.HeldOut, cancellationToken);
        var (trainPart, evalPart) = (RowPart.First(MostOf(data.MaxTrainSamples)), RowPart.First(MostOf(data.MaxEvalSamples)));
        var splits = held.Count == 0 && data.ValidationSplitPercentage > 0;
        var questions = new List<ulong>();
        var all = splits
            ? await RowSurvey.OfAsync(request.TrainRows, int.MaxValue, row => questions.Add(RowHash.Question(row)), cancellationToken)
            : await RowSurvey.OfAsync(request.TrainRows, trainPart.Most, gate.Train, cancellationToken);
        if (HeldOutSplit.Of(questions, data.ValidationSplitPercentage) is { } split)
        {
            (trainPart, evalPart) = (split.Training(trainPart.Most), split.HeldOut(evalPart.Most));
            await LookAsync(evalPart, request.TrainRows, gate.HeldOut, cancellationToken);
            await LookAsync(trainPart, request.TrainRows, gate.Train, cancellationToken);
            if (split.Rows > split.Questions)
                request.Progress.Report(new NoteReport(FormattableString.Invariant($"held out: {split.Rows:N0} of {all.Count:N0} rows, which ask {split.Questions:N0} different questions; none of these is trained on")));
        }

        gate.Pass(request, record);
        var train = await EncodeAsync(request, request.TrainRows, trainPart, all.Hash, cancellationToken);
        try
        {
            Door.Check(request, train);
            var eval = await EncodeAsync(request, splits ? request.TrainRows : request.EvalRows, evalPart, splits ? all.Hash : held.Hash, cancellationToken);
            Report(request, record, train, eval);
            return new RowSets(train, eval);
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    private static async Task LookAsync(RowPart part, IAsyncEnumerable<Example> rows, Action<Example>? look, CancellationToken cancellationToken)
    {
        if (look is null)
            return;
        await foreach (var row in part.Of(rows, cancellationToken))
            look(row);
    }

    private static async Task<EncodedRows> EncodeAsync(StageRequest request, IAsyncEnumerable<Example> rows, RowPart part, string content, CancellationToken cancellationToken)
    {
        var key = request.RowCache is null || request.EncodingKey is null ? null : RowSurvey.Key(request.EncodingKey, content, part);
        if (key is not null && request.RowCache!.Find(key) is { } found)
            return new EncodedRows(found, found.Summary) { FromCache = true };

        var tally = new RowTally(request.Encoder);
        var packer = request.Algorithm as IRowPacker;
        using var sink = new RowSink(request.RowCache, request.Encoder.StopIds);
        await foreach (var row in part.Of(rows, cancellationToken))
        {
            var result = RowErrors.At(row.Origin, () => request.Algorithm.Encode(row, request.Encoder));
            tally.Add(row, result);
            if (result.Example is { } example)
                sink.Add(example);
        }

        if (packer is null)
            return sink.End(tally.Summary(sink.Content), key);
        using var loose = sink.End(new RowSummary(), key: null);
        using var packed = new RowSink(request.RowCache, request.Encoder.StopIds);
        foreach (var row in packer.Pack(loose.Examples))
        {
            cancellationToken.ThrowIfCancellationRequested();
            packed.Add(row);
        }

        return packed.End(tally.Summary(packed.Content), key);
    }

    private static void Report(StageRequest request, RunRecord record, EncodedRows train, EncodedRows eval)
    {
        request.Progress.Report(new NoteReport($"training rows: {train}"));
        record.Describe("train_rows", train);
        foreach (var (note, what) in train.Summary.Notes.Select(note => (note, "training rows")).Concat(eval.Summary.Notes.Select(note => (note, "held-out rows"))))
            request.Progress.Report(new NoteReport($"{what}: {note}", Warning: true));
        if (eval.Summary.Given > 0)
        {
            request.Progress.Report(new NoteReport($"held-out rows: {eval}"));
            record.Describe("eval_rows", eval);
        }

        if (request.SkippedRows.Count > 0)
            record.Describe("skipped_rows", request.SkippedRows);
    }

    private static int MostOf(int? most) => most is > 0 and var limit ? limit : int.MaxValue;
}
