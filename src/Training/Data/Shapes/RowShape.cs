using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>One way to write a row.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Fields">Fields that a row must have.</param>
/// <param name="Map">Makes the example of a row that has them.</param>
internal sealed record RowShape(string Name, IReadOnlyList<string> Fields, Func<DataRow, Example> Map)
{
    /// <summary>What the fields must be like, beyond being there.</summary>
    public Func<DataRow, bool> When { get; init; } = _ => true;

    /// <summary>Whether a row that matches is of the shape's kind also where nobody says which kind it is.</summary>
    public Func<DataRow, bool> Claims { get; init; } = _ => true;

    /// <summary>The columns by which a row was recognised, where <see cref="When"/> alone decides; null = all <see cref="Fields"/> must be there.</summary>
    public Func<DataRow, IEnumerable<string>>? Because { get; init; }

    /// <summary>Why rows of this shape are not used, and what to do; null = they are.</summary>
    public string? Refusal { get; init; }

    /// <summary>How a row was recognised, for people.</summary>
    public string Explain(DataRow row) => string.Join(", ", (Because?.Invoke(row) ?? Fields.Select(row.Column)).Select(column => $"\"{column}\""));

    /// <summary>Whether a row is of this shape.</summary>
    public bool Matches(DataRow row) => (Because is not null || Fields.All(row.Has)) && When(row);
}
