using MedicalGpt.Data;
using MedicalGpt.Training.DataChecks;

namespace MedicalGpt.Training;

/// <summary>
/// Training rows of which a part is held out, so that nothing that is asked in held-out rows is asked in those that are trained on, however often rows are repeated. As in MedicalGPT the first rows are held out; a question
/// whose rows are more than what is left of the share is passed over.
/// </summary>
internal sealed class HeldOutSplit
{
    private readonly HashSet<ulong> questions = [];

    private HeldOutSplit(double percentage) => Percentage = percentage;

    /// <summary>The share that was asked for, in percent.</summary>
    public double Percentage { get; }

    /// <summary>Rows that are held out, repetitions included.</summary>
    public int Rows { get; private set; }

    /// <summary>Different questions that are held out.</summary>
    public int Questions => questions.Count;

    /// <summary>Splits rows.</summary>
    /// <param name="rows">What each row asks (<see cref="RowHash.Question"/>), in order.</param>
    /// <param name="percentage">Share of the rows, at least one; the smallest question where that has more rows.</param>
    /// <returns>The split; null = there are no rows.</returns>
    /// <exception cref="MedicalGptException">All rows would be held out.</exception>
    public static HeldOutSplit? Of(List<ulong> rows, double percentage)
    {
        if (rows.Count == 0)
            return null;
        if (rows.Count == 1)
            throw new MedicalGptException("The only training row would be held out.") { Place = "--validation-split-percentage", Given = "1 training row", Remedy = "give more rows, or leave the option out" };
        ulong[] sorted = [.. rows];
        Array.Sort(sorted);
        var split = new HeldOutSplit(percentage);
        var share = Math.Max(1, (int)(rows.Count * percentage / 100.0));
        var seen = new HashSet<ulong>();
        var (smallest, fewest) = (0ul, int.MaxValue);
        foreach (var question in rows)
        {
            if (!seen.Add(question))
                continue;
            var size = Bound(sorted, question, above: true) - Bound(sorted, question, above: false);
            if (size < fewest)
                (smallest, fewest) = (question, size);
            if (split.Rows + size <= share)
                split.Add(question, size);
            if (split.Rows == share)
                return split;
        }

        if (seen.Count == 1)
            throw new MedicalGptException("All training rows ask the same, so none can be held out that is not trained on.") { Place = "--validation-split-percentage", Given = $"{rows.Count} rows with one prompt", Allowed = "rows with different prompts", Remedy = "give held-out rows of your own (--validation-file-dir), or leave the option out" };
        if (split.Rows == 0)
            split.Add(smallest, fewest);
        return split;
    }

    /// <summary>Whether a row is held out.</summary>
    /// <param name="row">The row.</param>
    public bool Holds(Example row) => questions.Contains(RowHash.Question(row));

    /// <summary>The rows that are trained on.</summary>
    /// <param name="most">Most rows.</param>
    public RowPart Training(int most) => new(this, false, most);

    /// <summary>The rows that are held out.</summary>
    /// <param name="most">Most rows.</param>
    public RowPart HeldOut(int most) => new(this, true, most);

    private void Add(ulong question, int size)
    {
        questions.Add(question);
        Rows += size;
    }

    // The first place whose value is not below the question, or above it.
    private static int Bound(ulong[] sorted, ulong question, bool above)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < question || (above && sorted[middle] == question))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
