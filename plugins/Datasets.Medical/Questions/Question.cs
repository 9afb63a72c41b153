using MedicalGpt.Datasets.Medical.Facts;

namespace MedicalGpt.Datasets.Medical.Questions;

/// <summary>A fact asked in one wording.</summary>
/// <param name="Fact">What is asked.</param>
/// <param name="Text">The prompt.</param>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
internal sealed record Question(Fact Fact, string Text, string Split);
