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
        var share = held.Count == 0 ? data.ValidationSplitPercentage : 0;
        var all = await RowSurvey.OfAsync(request.TrainRows, share > 0 ? int.MaxValue : MostOf(data.MaxTrainSamples), gate.Train, cancellationToken);
        var skip = Held(all.Count, share);
        gate.Pass(request, record);
        var train = await EncodeAsync(request, request.TrainRows, new RowRange(skip, MostOf(data.MaxTrainSamples)), all.Hash, cancellationToken);
        try
        {
            Door.Check(request, train);
            var eval = skip > 0
                ? await EncodeAsync(request, request.TrainRows, new RowRange(0, Math.Min(skip, MostOf(data.MaxEvalSamples))), all.Hash, cancellationToken)
                : await EncodeAsync(request, request.EvalRows, new RowRange(0, MostOf(data.MaxEvalSamples)), held.Hash, cancellationToken);
            Report(request, record, train, eval);
            return new RowSets(train, eval);
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    /// <summary>Rows that are held out of the training rows: the first N % (at least one), as in MedicalGPT; they leave the training set.</summary>
    private static int Held(int rows, double percentage)
    {
        if (percentage <= 0 || rows == 0)
            return 0;
        if (rows == 1)
            throw new MedicalGptException("The only training row would be held out.") { Place = "--validation-split-percentage", Given = "1 training row", Remedy = "give more rows, or leave the option out" };
        return Math.Max(1, (int)(rows * percentage / 100.0));
    }

    private static async Task<EncodedRows> EncodeAsync(StageRequest request, IAsyncEnumerable<Example> rows, RowRange range, string content, CancellationToken cancellationToken)
    {
        var key = request.RowCache is null || request.EncodingKey is null ? null : RowSurvey.Key(request.EncodingKey, content, range);
        if (key is not null && request.RowCache!.Find(key) is { } found)
            return new EncodedRows(found, found.Summary) { FromCache = true };

        var tally = new RowTally();
        var packer = request.Algorithm as IRowPacker;
        using var sink = new RowSink(request.RowCache, request.Encoder.StopIds);
        var index = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (index++ < range.Skip)
                continue;
            var result = RowErrors.At(row.Origin, () => request.Algorithm.Encode(row, request.Encoder));
            tally.Add(row, result);
            if (result.Example is { } example)
                sink.Add(example);
            if (index - range.Skip == range.Most)
                break;
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
