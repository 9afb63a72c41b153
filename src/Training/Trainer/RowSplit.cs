using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>Caps and splits rows as the data options say.</summary>
internal static class RowSplit
{
    /// <summary>Training and held-out rows of a run. The held-out share of the training rows is the first N % (at least one row), as in MedicalGPT, and leaves the training set.</summary>
    /// <exception cref="MedicalGptException">The only row would be held out.</exception>
    public static (IReadOnlyList<Example> Train, IReadOnlyList<Example> Eval) Apply(StageRequest request)
    {
        var data = request.Options.Data;
        IReadOnlyList<Example> train = request.TrainRows, eval = request.EvalRows;
        if (eval.Count == 0 && data.ValidationSplitPercentage > 0)
        {
            if (train.Count == 1)
                throw new MedicalGptException("The only training row would be held out.") { Place = "--validation-split-percentage", Given = "1 training row", Remedy = "give more rows, or leave the option out" };
            var held = Math.Max(1, (int)(train.Count * data.ValidationSplitPercentage / 100.0));
            eval = [.. train.Take(held)];
            train = [.. train.Skip(held)];
        }

        return (Cap(train, data.MaxTrainSamples), Cap(eval, data.MaxEvalSamples));
    }

    private static IReadOnlyList<Example> Cap(IReadOnlyList<Example> rows, int? most) =>
        most is > 0 and var limit && rows.Count > limit ? [.. rows.Take(limit)] : rows;
}
