using System.Globalization;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Reads rows that are token ids already.</summary>
internal static class TokenRows
{
    /// <summary><c>input_ids</c> with <c>labels</c> or <c>completion_mask</c>; without both, every token is learned where that is allowed. Tokens that <c>attention_mask</c> hides are left out.</summary>
    public static TokenizedSequence Sequence(DataRow row, bool allLearned)
    {
        var ids = row.Ids("input_ids");
        var labels = Labels(row, ids, allLearned);
        if (row.Has("attention_mask"))
        {
            var mask = Mask(row, "attention_mask", ids);
            labels = [.. labels.Where((_, i) => mask[i] != 0)];
            ids = [.. ids.Where((_, i) => mask[i] != 0)];
        }

        return ids.Length > 0 ? new TokenizedSequence(ids, labels) : throw row.Wrong("input_ids", "at least one token");
    }

    /// <summary><c>prompt_ids</c>, <c>chosen_ids</c>, <c>rejected_ids</c>.</summary>
    public static TokenizedPair Pair(DataRow row) =>
        new(Filled(row, "prompt_ids"), Filled(row, "chosen_ids"), Filled(row, "rejected_ids")) { Margin = row.Number("margin") };

    /// <summary><c>prompt_ids</c> and columns for rewards.</summary>
    public static TokenizedPrompt Prompt(DataRow row) => new(Filled(row, "prompt_ids"), row.Others("prompt_ids"));

    private static int[] Labels(DataRow row, int[] ids, bool allLearned)
    {
        if (row.Has("labels"))
        {
            var labels = SameLength(row, "labels", row.Ids("labels", TokenizedSequence.Ignore), ids);
            for (var i = 0; i < ids.Length; i++)
                if (labels[i] != TokenizedSequence.Ignore && labels[i] != ids[i])
                    throw new MedicalGptException($"{row.Origin}: labels[{i}] is {labels[i]}, but input_ids[{i}] is {ids[i]}; expected the same id or {TokenizedSequence.Ignore} (labels are not shifted).");
            if (row.Has("completion_mask") && Mask(row, "completion_mask", ids) is var both && Enumerable.Range(0, ids.Length).FirstOrDefault(i => (labels[i] != TokenizedSequence.Ignore) != (both[i] != 0), -1) is >= 0 and var at)
                throw new MedicalGptException("\"labels\" and \"completion_mask\" do not say the same about what is learned.") { Place = $"{row.Origin}, item {at}", Given = $"label {labels[at]}, mask {both[at]}", Allowed = $"mask 1 where the label is the token's id, 0 where it is {TokenizedSequence.Ignore}", Remedy = "correct the row, or keep the one that is meant" };
            return labels;
        }

        if (row.Has("completion_mask"))
        {
            var mask = Mask(row, "completion_mask", ids);
            return [.. ids.Select((id, i) => mask[i] != 0 ? id : TokenizedSequence.Ignore)];
        }

        return allLearned ? [.. ids] : throw row.Wrong("labels", "labels or a completion_mask beside input_ids");
    }

    private static int[] Mask(DataRow row, string field, int[] ids)
    {
        var mask = SameLength(row, field, row.Ids(field), ids);
        var wrong = Array.FindIndex(mask, value => value > 1);
        return wrong < 0 ? mask : throw new MedicalGptException($"\"{row.Column(field)}\" holds what is no value of a mask.") { Place = $"{row.Origin}, item {wrong}", Given = mask[wrong].ToString(CultureInfo.InvariantCulture), Allowed = "0 or 1 for each token", Remedy = "write 1 for tokens that count and 0 for others; numbers of documents or weights are not read" };
    }

    private static int[] SameLength(DataRow row, string field, int[] values, int[] ids) => values.Length == ids.Length
        ? values
        : throw new MedicalGptException($"{row.Origin}: \"{row.Column(field)}\" has {values.Length} values, \"{row.Column("input_ids")}\" has {ids.Length}; expected as many.");

    private static int[] Filled(DataRow row, string field) => row.Ids(field) is { Length: > 0 } ids ? ids : throw row.Wrong(field, "at least one token");
}
