namespace MedicalGpt.Rewards.Medical.Format;

/// <summary>Formats that a completion can be asked to have.</summary>
public enum AnswerFormat
{
    /// <summary>One line: <c>Answer: …</c> or <c>答案：…</c>.</summary>
    Line,

    /// <summary><c>&lt;answer&gt;…&lt;/answer&gt;</c> and nothing else.</summary>
    Tags,

    /// <summary><c>&lt;think&gt;…&lt;/think&gt;</c>, then <c>&lt;answer&gt;…&lt;/answer&gt;</c>.</summary>
    Think,
}
