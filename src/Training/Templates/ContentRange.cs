namespace MedicalGpt.Training.Templates;

/// <summary>A range of a rendered dialogue that came from data.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Message">Index of the message; below 0 = tools or other data.</param>
public readonly record struct ContentRange(int Start, int End, int Message);
