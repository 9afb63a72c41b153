using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows for continued pre-training.</summary>
internal static class TextShapes
{
    /// <summary>The shapes.</summary>
    public static IReadOnlyList<RowShape> All { get; } =
    [
        new("pre-tokenised text", ["input_ids"], row => TokenRows.Sequence(row, allLearned: true)),
        new("text", ["text"], row => new PlainText(row.FilledText("text"))),
    ];
}
