using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>Refuses, before weights load, what could only fail or mislead later.</summary>
internal static class Door
{
    /// <summary>Checks the training rows.</summary>
    /// <exception cref="MedicalGptException">Training could not learn what it should.</exception>
    public static void Check(StageRequest request, EncodedRows rows)
    {
        if (rows.Summary.Given == 0)
            throw new MedicalGptException("There are no training rows.")
            {
                Place = $"stage {request.Stage}",
                Given = request.DataFiles.Count > 0 ? $"no usable row in {string.Join(", ", request.DataFiles.Take(3))}" : "no rows",
                Remedy = "give rows with --train-file-dir or --dataset-name",
            };
        if (rows.Examples.Count == 0)
            throw new MedicalGptException("No training row is left after encoding.") { Place = $"stage {request.Stage}", Given = $"{rows.Summary.Given} rows; dropped {Reasons(rows)}", Remedy = "raise the length limit or mend the rows" };
        var share = rows.Summary.EndsLost / (double)rows.Summary.Kept;
        if (share > request.Options.Data.MaxTruncatedShare)
        {
            throw new MedicalGptException(FormattableString.Invariant(
                $"stage {request.Stage}: {rows.Summary.EndsLost} of {rows.Summary.Kept} training rows ({share:P0}) would be cut at the length limit, so their answers lose their end; raise the limit, shorten the rows, or allow it with --max_truncated_share {Math.Min(1, share + 0.01):0.##}"));
        }

        if (request.Options.Data.DataCheck == DataChecks.DataCheckMode.Strict && rows.Summary.Notes is [var first, ..])
            throw new MedicalGptException("The training rows are not fit for training.") { Place = first.First, Given = string.Join("; ", rows.Summary.Notes), Allowed = "rows without these faults", Remedy = "mend them, or name another template (--template_name); --data-check warn begins anyway" };
        CheckRewards(request);
        if (request.Algorithm.Input == ExampleKind.Prompt || !request.Algorithm.Roles.HasFlag(ModelRoles.Policy))
            return;
        if (rows.Summary.Learned == 0)
            throw new MedicalGptException($"stage {request.Stage}: the masks of all {rows.Summary.Kept} training rows are empty, so nothing would be learned; check that the rows have answers and that the length limit leaves room for them");
        if (!rows.Summary.LearnsToStop)
            CheckStop(request, rows);
    }

    /// <summary>Checks that the models know every token of the rows.</summary>
    /// <exception cref="MedicalGptException">A token is outside their vocabulary.</exception>
    public static void CheckVocabulary(int vocabulary, EncodedRows rows)
    {
        var summary = rows.Summary;
        if (summary.LowestId < 0)
            throw Unknown(summary.LowestPlace, summary.LowestId, vocabulary);
        if (summary.HighestId >= vocabulary)
            throw Unknown(summary.HighestPlace, summary.HighestId, vocabulary);
    }

    private static void CheckRewards(StageRequest request)
    {
        var (algorithm, names) = (request.Algorithm, request.Rewards.Names);
        var hasModel = algorithm.Roles.HasFlag(ModelRoles.Reward);
        if (algorithm.UsesRewardFunctions && names.Count == 0)
        {
            throw new MedicalGptException(hasModel ? "Only the reward model scores the answers, where functions should too." : "Nothing scores the answers, so nothing would be learned.")
            {
                Place = $"stage {request.Stage}",
                Given = "no reward function",
                Remedy = $"name some with --reward-functions (medgpt plugins lists them){(hasModel ? ", or give --reward-source model" : "")}",
            };
        }

        if (!algorithm.UsesRewardFunctions && names.Count > 0)
        {
            throw new MedicalGptException("The stage would not ask the reward functions.")
            {
                Place = $"stage {request.Stage}",
                Given = $"--reward-functions {string.Join(' ', names)}",
                Remedy = hasModel ? "give --reward-source functions or both, or leave out --reward-functions" : "leave out --reward-functions",
            };
        }
    }

    private static void CheckStop(StageRequest request, EncodedRows rows)
    {
        var stops = string.Join(", ", request.Encoder.StopIds);
        var text = $"stage {request.Stage}: no training row learns an end token (ids {stops}), so the model would never learn to stop";
        if (rows.Summary.AllTokenized || request.Algorithm.Input == ExampleKind.Text)
            request.Progress.Report(new NoteReport(text + "; pre-tokenised rows are taken as they are", Warning: true));
        else
            throw new MedicalGptException(text + "; check the tokenizer's end token and the chat template, and that the length limit does not cut every answer");
    }

    private static MedicalGptException Unknown(string place, int id, int vocabulary) =>
        new("A token id is outside the model's vocabulary.") { Place = place, Given = $"{id}", Allowed = $"0 to {vocabulary - 1}", Remedy = "use the model's own tokenizer (--tokenizer-name-or-path)" };

    private static string Reasons(EncodedRows rows) => string.Join("; ", rows.Summary.Dropped.Select(d => $"{d.Value}: {d.Key}"));
}
