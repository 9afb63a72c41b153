using System.Diagnostics.CodeAnalysis;

namespace MedicalGpt.Options;

/// <summary>Reads a value from a text, independent of culture.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="text">The text.</param>
/// <param name="value">The value, where the text is one.</param>
public delegate bool OptionParser<T>(string text, [MaybeNullWhen(false)] out T value);
